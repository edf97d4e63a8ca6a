import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Nothing of that name is on the PATH. */
export class ToolMissingError extends Error {
  constructor(program: string) {
    super(`${program} is not on the PATH, and this source needs it`);
  }
}

/**
 * Runs what makes manifests.
 *
 * @returns what it wrote
 * @throws ToolMissingError, or Error with what it said
 */
export async function tool(program: string, args: string[]): Promise<string> {
  try {
    const { stdout } = await run(program, args, {
      env: process.env,
      timeout: 30_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new ToolMissingError(program);
    throw error;
  }
}
