import { Knex } from 'knex';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  BLUEPRINT_KIND,
  BlueprintDocument,
} from '@greenroom/plugin-environments-common';
import { BlueprintPermissionResource } from '@greenroom/plugin-environments-node';
import { BlueprintStore } from './store/blueprints';
import { VersionStore } from './store/versions';
import { BlueprintRecord } from './types';
import { newestVersion, recommendedVersion } from './versions';

export function blueprintRecord(document: BlueprintDocument): BlueprintRecord {
  const { metadata, spec } = document;
  const { name, namespace } = metadata;
  return {
    name,
    entityRef: stringifyEntityRef({ kind: BLUEPRINT_KIND, namespace, name }),
    title: metadata.title ?? name,
    description: metadata.description ?? '',
    owner: spec.owner,
    type: spec.type,
    tags: metadata.tags ?? [],
    recommendedOnPurpose: false,
  };
}

/** As decisions about it see it: authors may leave out that the owner is a group. */
export function permissionResource({
  name,
  owner,
}: BlueprintRecord): BlueprintPermissionResource {
  const ref = parseEntityRef(owner, { defaultKind: 'group' });
  return { name, owner: stringifyEntityRef(ref) };
}

/**
 * Brings what is kept of a whole blueprint in line with its versions, after one of them has
 * changed: which is recommended, and, when the newest speaks, what the blueprint says of itself.
 *
 * @param said the document that was just published, or sent again with other words
 */
export async function followVersions(
  tx: Knex.Transaction,
  {
    blueprints,
    versions,
  }: { blueprints: BlueprintStore; versions: VersionStore },
  change: { name: string; said?: BlueprintDocument; at: Date },
): Promise<void> {
  const { name, said, at } = change;
  const known = await blueprints.lock(tx, name);
  if (!known) return;
  const all = await versions.listOf(tx, [name]);
  const chosen = known.recommendedOnPurpose
    ? known.recommendedVersion
    : undefined;
  const recommended = recommendedVersion(all, chosen);
  const speaks = said && said.spec.version === newestVersion(all);
  await blueprints.update(
    tx,
    {
      ...known,
      ...(speaks && blueprintRecord(said)),
      recommendedVersion: recommended,
      recommendedOnPurpose: chosen !== undefined && recommended === chosen,
    },
    at,
  );
}
