/**
 * Has a reader beside the tool wait for the end of a pipe whose other end only the parent holds,
 * and interrupt the tool then: however the parent dies, the kernel closes the pipe. The tool
 * takes the place of the shell, so its pid, its exit code and its signals are its own, and
 * nothing of its command line is read as shell.
 *
 * Not PR_SET_PDEATHSIG (tried, by `setpriv`): it is sent once for each thread of the parent that
 * dies last, and two interrupts make both tools drop everything without a state.
 */
const SCRIPT = '{ read -r _; kill -INT $$; } <&3 3<&- & exec "$@" 3<&-';

/**
 * The command that runs `binary` and interrupts it once when this process is gone.
 * Its descriptor 3 must be a pipe that this process holds.
 */
export function endsWithParent<T extends { binary: string; args: string[] }>(
  command: T,
): T {
  return {
    ...command,
    binary: '/bin/sh',
    args: ['-c', SCRIPT, 'sh', command.binary, ...command.args],
  };
}
