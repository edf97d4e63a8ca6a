import { Command } from 'commander';
import { addPortalCommands, run } from '../program';

/** What a command came to. */
export interface Ran {
  code: number;
  /** Standard output. */
  out: string;
  /** Standard error. */
  err: string;
}

/** Runs one command as the shell would. */
export async function runCommand(
  env: NodeJS.ProcessEnv,
  ...args: string[]
): Promise<Ran> {
  const ran = { out: '', err: '' };
  const program = new Command('./greenroom').configureOutput({
    writeOut: text => {
      ran.out += text;
    },
    writeErr: text => {
      ran.err += text;
    },
  });
  const terminal = {
    env,
    say: (text: string) => {
      ran.out += `${text}\n`;
    },
    write: (bytes: Uint8Array) => {
      ran.out += Buffer.from(bytes).toString();
    },
    remark: (text: string) => {
      ran.err += `${text}\n`;
    },
  };
  addPortalCommands(program, terminal);
  return { code: await run(program, args, terminal), ...ran };
}
