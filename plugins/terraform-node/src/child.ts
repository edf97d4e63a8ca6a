import { spawn, StdioOptions } from 'node:child_process';
import { TerraformToolError } from './errors';

/** How long an interrupted tool may take to finish what it is in the middle of and write its state. */
const GRACE_MS = 30_000;

export interface ChildOptions {
  binary: string;
  args: string[];
  folder?: string;
  /** The whole environment; nothing is inherited. */
  environment: Record<string, string>;
  signal?: AbortSignal;
  graceMs?: number;
}

export interface ChildEnd {
  exitCode?: number;
  killedBy?: NodeJS.Signals;
}

/**
 * Starts a program without a shell, in a process group of its own so that a provider it started
 * can be ended with it. An abort interrupts the program, waits, then kills the group.
 *
 * @returns the child at once; `ended` settles when no process of the group is left
 */
export function startChild(options: ChildOptions, stdio: StdioOptions) {
  const child = spawn(options.binary, options.args, {
    cwd: options.folder,
    env: options.environment,
    stdio,
    detached: true,
  });

  const ended = new Promise<ChildEnd>((resolve, reject) => {
    let killer: NodeJS.Timeout | undefined;
    const interrupt = () => {
      // Only the tool hears the interrupt: it stops its providers itself, in order.
      child.kill('SIGINT');
      killer = setTimeout(
        () => killGroup(child.pid),
        options.graceMs ?? GRACE_MS,
      );
    };
    const settle = () => {
      clearTimeout(killer);
      options.signal?.removeEventListener('abort', interrupt);
    };
    child.once('error', cause => {
      settle();
      reject(
        new TerraformToolError(
          'terraform.tool.unfit',
          `${options.binary} cannot be started in ${options.folder}: ${cause.message}`,
          'Check that both exist and may be used by this account',
          cause,
        ),
      );
    });
    child.once('exit', (code, killedBy) => {
      settle();
      // A tool that was killed leaves its providers behind.
      killGroup(child.pid);
      resolve({ exitCode: code ?? undefined, killedBy: killedBy ?? undefined });
    });
    if (options.signal?.aborted) interrupt();
    else options.signal?.addEventListener('abort', interrupt, { once: true });
  });

  return { child, ended };
}

function killGroup(pid: number | undefined) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // No process of that group is left: as it should be.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
