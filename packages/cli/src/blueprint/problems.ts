import { dirname, join } from 'node:path';
import { Problem } from '@greenroom/plugin-environments-common';
import { problemText } from '../portal/problemText';
import { CommandError } from '../portal/failures';

/** What the portal calls the document, and this machine calls otherwise. */
const DOCUMENT = 'blueprint.yaml';

/** Problems that the portal found, at the files that they were sent from. */
export function atHome(problems: Problem[], file: string): Problem[] {
  return problems.map(problem => {
    const { place } = problem;
    if (!place) return problem;
    const path =
      place.file === DOCUMENT ? file : join(dirname(file), place.file);
    return { ...problem, place: { ...place, file: path } };
  });
}

/** A command that ends because of what is wrong with a blueprint, each told with its place. */
export class BlueprintProblemsError extends CommandError {
  constructor(what: string, problems: Problem[], exitCode?: number) {
    super(
      [...problems.map(problemText), what].join('\n'),
      'Mend it, and run this again.',
      exitCode,
    );
  }
}
