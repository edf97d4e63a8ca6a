import { ChildOptions, startChild } from './child';
import { TerraformAbortedError, TerraformCommandError } from './errors';

/** A plan of some ten thousand resources is about 50 MB of JSON. */
const LARGEST_OUTPUT = 256 * 1024 * 1024;
const LONGEST_COMPLAINT = 4096;

/**
 * Runs a command that only reads and answers what it printed.
 *
 * @throws {@link TerraformCommandError}, {@link TerraformAbortedError}
 */
export async function capture(
  options: ChildOptions & {
    command: string;
    /** Exit codes that are answers; 0 when absent. */
    fine?: number[];
  },
): Promise<string> {
  const { command, signal, fine = [0] } = options;
  const aborted = () =>
    new TerraformAbortedError(`terraform ${command} was aborted`);
  if (signal?.aborted) throw aborted();
  const { child, ended } = startChild(options, ['ignore', 'pipe', 'pipe']);
  const output: Buffer[] = [];
  let size = 0;
  let complaint = '';
  child.stdout!.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > LARGEST_OUTPUT) child.kill('SIGKILL');
    else output.push(chunk);
  });
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    complaint = (complaint + chunk).slice(-LONGEST_COMPLAINT);
  });
  const closed = new Promise(resolve => child.once('close', resolve));
  const { exitCode, killedBy } = await ended;
  await closed;

  if (signal?.aborted) throw aborted();
  if (exitCode === undefined || !fine.includes(exitCode)) {
    throw new TerraformCommandError({
      command,
      exitCode,
      killedBy,
      diagnostics: [],
      text:
        size > LARGEST_OUTPUT
          ? `It printed more than ${LARGEST_OUTPUT} bytes`
          : complaint.trim(),
    });
  }
  return Buffer.concat(output).toString('utf8');
}
