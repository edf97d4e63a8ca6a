import {
  DriverAbortedError,
  DriverContext,
  DriverError,
} from '@greenroom/plugin-environments-node';
import { parseState, StateDocument } from './stateDocument';

const ANSWER_WITHIN_MS = 30_000;

/**
 * Reads the component's state from the state service itself: one request, where the tool's
 * `state pull` would need an init and a process, and could not answer for a broken source.
 *
 * @returns undefined while there is none
 */
export async function readState(
  context: DriverContext,
): Promise<StateDocument | undefined> {
  const { state, signal, component } = context;
  const failed = (message: string, remedy: string, cause?: Error) =>
    new DriverError(
      {
        code: 'terraform.state.unreadable',
        message,
        remedy,
        component: component.id,
      },
      { cause },
    );

  let status: number;
  let text: string;
  try {
    const credentials = Buffer.from(`${state.username}:${state.password}`);
    const response = await fetch(state.address, {
      headers: { authorization: `Basic ${credentials.toString('base64')}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    });
    status = response.status;
    text = await response.text();
  } catch (error) {
    if (signal.aborted)
      throw new DriverAbortedError('Reading the state was aborted');
    throw failed(
      `The state of component "${component.id}" cannot be read: ${(error as Error).message}`,
      'Check that the state service is up and can be reached from this worker, then try again',
      error as Error,
    );
  }
  // Only 204: a 404 may be a wrong address, and taking it for "nothing there" would forget resources.
  if (status === 204) return undefined;
  if (status !== 200) {
    throw failed(
      `The state of component "${component.id}" cannot be read: the state service answers ${status}`,
      'Try again: a new attempt gets new credentials',
    );
  }
  const document = parseState(text);
  if (!document) {
    throw failed(
      `The state of component "${component.id}" is in no format that Greenroom reads`,
      "Remove the module's own state encryption: Greenroom encrypts states itself",
    );
  }
  return document;
}
