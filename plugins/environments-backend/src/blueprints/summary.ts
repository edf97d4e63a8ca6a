import {
  blueprintIdle,
  BlueprintSummary,
  BlueprintVersion,
  blueprintTtl,
  BlueprintVersionSummary,
  componentGraph,
  Problem,
} from '@greenroom/plugin-environments-common';
import {
  BlueprintRecord,
  BlueprintSourceRecord,
  BlueprintVersionRecord,
} from './types';

export interface BlueprintFacts {
  versions: Omit<BlueprintVersionRecord, 'document'>[];
  sources: BlueprintSourceRecord[];
  /** Environments that are not destroyed, by version id. */
  living: Map<string, number>;
  typicalCreateSeconds?: number;
}

export function toSummary(
  blueprint: BlueprintRecord,
  { versions, sources, living, typicalCreateSeconds }: BlueprintFacts,
): BlueprintSummary {
  return {
    ...blueprint,
    versions: versions.length,
    environments: versions.reduce(
      (sum, { id }) => sum + (living.get(id) ?? 0),
      0,
    ),
    typicalCreateSeconds,
    problems: newestProblems(versions, sources),
  };
}

/** Of the newest attempt: what the catalog door could not take in, else what the check found. */
function newestProblems(
  versions: BlueprintFacts['versions'],
  sources: BlueprintSourceRecord[],
): Problem[] {
  const unread = sources.flatMap(({ problems }) => problems);
  if (unread.length > 0) return unread;
  const [newest] = [...versions].sort(
    (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
  );
  return newest?.problems ?? [];
}

export function toVersionSummary(
  version: Omit<BlueprintVersionRecord, 'document'>,
  living: Map<string, number>,
): BlueprintVersionSummary {
  return {
    version: version.version,
    status: version.status,
    notice: version.notice,
    publishedAt: version.publishedAt?.toISOString(),
    publishedBy: version.publishedBy,
    problems: version.problems,
    environments: living.get(version.id) ?? 0,
  };
}

export function toVersion(
  { name, title, description, entityRef, owner, type }: BlueprintRecord,
  version: BlueprintVersionRecord,
): BlueprintVersion {
  const { document } = version;
  return {
    name,
    title,
    description,
    entityRef,
    owner,
    type,
    version: version.version,
    status: version.status,
    notice: version.notice,
    problems: version.problems,
    inputs: document.spec.inputs,
    components: componentGraph(document).map(
      ({ id, driver, source, uses }) => ({
        id,
        driver,
        source,
        resolved: version.resolved[id],
        uses,
      }),
    ),
    outputs: Object.entries(document.spec.outputs).map(
      ([output, { title: outputTitle }]) => ({
        name: output,
        title: outputTitle ?? output,
      }),
    ),
    ttl: blueprintTtl(document),
    schedule: document.spec.schedule,
    idle: blueprintIdle(document),
    snapshotDigest: version.snapshotDigest,
  };
}
