import {
  applyInputs,
  BlueprintDocument,
  JsonObject,
  Problem,
} from '@greenroom/plugin-environments-common';

/** What of an environment's inputs goes with another version. */
export interface UpgradeInputs {
  /** With the version's defaults. */
  inputs: JsonObject;
  /** Names of inputs that it had and the version does not know. */
  drops: string[];
  /** Names of inputs that it does not have and the version needs. */
  needs: string[];
  /** What else is wrong with them. */
  problems: Problem[];
}

/**
 * The inputs for an upgrade: those that the environment has, as far as the version knows them.
 *
 * @param changes take the place of present ones; `null` takes one away. An unknown one is a problem
 */
export function upgradeInputs(
  document: BlueprintDocument,
  present: JsonObject,
  changes: JsonObject = {},
): UpgradeInputs {
  const wanted = Object.fromEntries(
    Object.entries({ ...present, ...changes }).filter(
      ([, value]) => value !== null,
    ),
  );
  const drops = applyInputs(document, wanted)
    .problems.map(problem => nameIn('input.unknown', problem))
    .filter(name => name !== undefined)
    .filter(name => !Object.hasOwn(changes, name));
  const kept = Object.fromEntries(
    Object.entries(wanted).filter(([name]) => !drops.includes(name)),
  );
  const { inputs, problems } = applyInputs(document, kept);
  return {
    inputs,
    drops,
    needs: problems.map(neededInput).filter(name => name !== undefined),
    problems: problems.filter(problem => neededInput(problem) === undefined),
  };
}

/** The input that is missing as a whole; undefined when it is another problem. */
export function neededInput(problem: Problem): string | undefined {
  return nameIn('input.missing', problem);
}

/** @returns undefined for other problems, and for what lies deeper inside an input */
function nameIn(wanted: string, { code, field = '' }: Problem) {
  if (code !== wanted) return undefined;
  const name = /^\/inputs\/([^/]+)$/.exec(field)?.[1];
  return name?.replaceAll('~1', '/').replaceAll('~0', '~');
}
