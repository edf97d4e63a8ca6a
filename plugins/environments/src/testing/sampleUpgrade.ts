import {
  BlueprintSummary,
  BlueprintVersion,
  Environment,
  EnvironmentUpgrade,
  JsonObject,
} from '@greenroom/plugin-environments-common';

/** What an upgrade would mean, as far as inputs go: components and files are not compared. */
export function sampleUpgrade(
  { blueprint, inputs }: Environment,
  data: { blueprints: BlueprintSummary[]; versions: BlueprintVersion[] },
  version?: string,
): EnvironmentUpgrade {
  const { name, version: from } = blueprint;
  const recommended = data.blueprints.find(
    one => one.name === name,
  )?.recommendedVersion;
  const standing = {
    from,
    recommended,
    behind: recommended !== undefined && recommended > from,
    needs: [],
    drops: [],
    problems: [],
    warnings: [],
  };
  const to = version ?? recommended;
  if (!to || to === from) return standing;
  const schema = data.versions.find(
    one => one.name === name && one.version === to,
  )?.inputs;
  const known = Object.keys((schema?.properties ?? {}) as JsonObject);
  const required = (schema?.required ?? []) as string[];
  const needs = required.filter(input => !Object.hasOwn(inputs, input));
  return {
    ...standing,
    to,
    needs,
    drops: Object.keys(inputs).filter(input => !known.includes(input)),
    comparison: {
      name,
      from,
      to,
      files: [],
      breaking: needs.length > 0,
      changes: needs.map(input => ({
        kind: 'input.added',
        path: `/spec/inputs/properties/${input}`,
        breaking: true,
      })),
    },
  };
}
