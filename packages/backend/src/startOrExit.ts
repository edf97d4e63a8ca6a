/**
 * Starts the backend, or says why not and ends the process with 1. Left alone, a backend that
 * refused to start logs it as an unhandled rejection and stays, without its plugins.
 */
export async function startOrExit(
  backend: { start(): Promise<unknown> },
  what = 'portal',
): Promise<void> {
  try {
    await backend.start();
  } catch (error) {
    process.stderr.write(
      `\nThe ${what} did not start.\n${(error as Error).message}\n`,
    );
    process.exit(1);
  }
}
