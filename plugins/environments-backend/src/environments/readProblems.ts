import {
  EnvironmentRead,
  Problem,
} from '@greenroom/plugin-environments-common';
import { ReadableEnvironment } from './readable';

/** The same words for what is not there, for what is destroyed, and for what may not be seen. */
export function unknownProblem(
  read: Pick<EnvironmentRead, 'environment' | 'component' | 'input'>,
): Problem {
  const { environment } = read;
  return {
    code: 'environment.reference.unknown',
    message: `There is no environment "${environment}" to read from, or you may not see it.`,
    ...placeOf(read),
    remedy:
      'Name one that is in the list of environments, or ask its owner to let you see it.',
  };
}

/** Why an output can't be read; undefined when it can. */
export function readProblem(
  read: EnvironmentRead,
  found: ReadableEnvironment | undefined,
): Problem | undefined {
  if (!found) return unknownProblem(read);
  const { environment, output } = read;
  const given = found.outputs.find(({ name }) => name === output);
  if (!given) {
    const names = found.outputs.map(({ name }) => name).join(', ');
    return {
      code: 'environment.output.unknown',
      message: `Environment "${environment}" gives no output "${output}"; it gives ${names || 'none yet'}.`,
      ...placeOf(read),
      remedy: names
        ? 'Name another environment, of a blueprint that gives this output.'
        : 'Wait until it has been made, or name another environment.',
    };
  }
  if (!given.sensitive) return undefined;
  return {
    code: 'environment.output.sensitive',
    message: `Output "${output}" of environment "${environment}" is sensitive, and stays there.`,
    ...placeOf(read),
    remedy:
      'Give the value as a secret input, or have the component fetch it from where it is kept.',
  };
}

function placeOf(
  read: Partial<Pick<EnvironmentRead, 'component' | 'input'>>,
): Pick<Problem, 'component' | 'field'> {
  const { component, input } = read;
  return {
    ...(input !== undefined && { field: `/inputs/${input}` }),
    ...(component !== undefined && { component }),
  };
}
