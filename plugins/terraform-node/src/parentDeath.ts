import { execFile } from 'node:child_process';

const LAUNCHER = ['setpriv', '--pdeathsig', 'INT', '--'];

let found: Promise<string[] | undefined> | undefined;

/**
 * What to put before a command so that the kernel interrupts it when the process that started
 * it dies, however it dies. Undefined where there is no fit `setpriv` (util-linux ≥ 2.33, so on
 * every current Linux but not on macOS): a tool then works on until its next write of state is
 * refused or done.
 */
export function interruptedWithParent(): Promise<string[] | undefined> {
  found ??= new Promise(resolve => {
    const [program, ...args] = [...LAUNCHER, 'true'];
    execFile(program, args, error => resolve(error ? undefined : LAUNCHER));
  });
  return found;
}
