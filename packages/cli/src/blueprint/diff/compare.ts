import {
  BlueprintChange,
  BlueprintFileChange,
  compareBlueprints,
} from '@greenroom/plugin-environments-common';
import { Side } from './sides';

/** What differs between two sides, in the words of the API. */
export interface BlueprintDifference {
  from: string;
  to: string;
  changes: BlueprintChange[];
  files: Pick<BlueprintFileChange, 'path' | 'change'>[];
  breaking: boolean;
}

export function compareSides(from: Side, to: Side): BlueprintDifference {
  const changes = compareBlueprints(from.document, to.document);
  const paths = [
    ...new Set([...Object.keys(from.files), ...Object.keys(to.files)]),
  ].sort();
  return {
    from: from.label,
    to: to.label,
    changes,
    files: paths
      .filter(path => from.files[path] !== to.files[path])
      .map(path => ({
        path,
        change: changeOf(from.files[path], to.files[path]),
      })),
    breaking: changes.some(({ breaking }) => breaking),
  };
}

function changeOf(
  before: string | undefined,
  after: string | undefined,
): BlueprintFileChange['change'] {
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'changed';
}
