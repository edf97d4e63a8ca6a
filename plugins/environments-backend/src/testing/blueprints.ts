import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Knex } from 'knex';
import { parseBlueprint } from '@greenroom/plugin-environments-common';
import { BlueprintService, PublishedBlueprint } from '../blueprints/service';
import { systemClock } from '../clock';
import { NotFoundProblemError } from '../errors';
import { randomIds } from '../ids';

/** Two components in a row, and one beside them; the first gives a secret. */
export const SHOP_BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: shop, title: Shop}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs:
    type: object
    required: [size]
    properties:
      size: {type: string, enum: [small, large]}
      pages: {type: integer, default: 3}
  components:
    database:
      driver: fault
      source: ./database
      with: {size: '\${{ inputs.size }}'}
    app:
      driver: fault
      source: ./app
      with:
        name: '\${{ environment.slug }}'
        url: '\${{ components.database.outputs.url }}'
        password: '\${{ components.database.outputs.password }}'
    docs:
      driver: fault
      source: ./docs
      with: {pages: '\${{ inputs.pages }}'}
  outputs:
    url: {title: Open the shop, value: '\${{ components.app.outputs.url }}'}
    password: {title: Password, value: '\${{ components.database.outputs.password }}'}
  ttl: {default: 1h, max: 2h, warnBefore: [10m]}
`;

export const ONE_COMPONENT_BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: single, title: Single}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs: {type: object, properties: {}}
  components:
    site: {driver: fault, source: ./site, with: {}}
  outputs: {}
  ttl: {default: 2m}
`;

type Seam = Pick<BlueprintService, 'getForRequest' | 'getById' | 'materialise'>;

/** Blueprints put straight into the tables. */
export class SeededBlueprints implements Seam {
  readonly #published: PublishedBlueprint[] = [];

  constructor(private readonly knex: Knex) {}

  async seed(text: string): Promise<PublishedBlueprint> {
    const { document, problems } = parseBlueprint(text);
    if (!document) throw new Error(JSON.stringify(problems));
    const { name, title } = document.metadata;
    const { version, owner, type } = document.spec;
    const now = systemClock.now();
    const snapshotDigest = createHash('sha256').update(text).digest('hex');
    const blueprint: PublishedBlueprint = {
      versionId: randomIds.id(),
      name,
      title: title ?? name,
      version,
      entityRef: `environmentblueprint:default/${name}`,
      owner,
      type,
      document,
      snapshotDigest,
    };
    await this.knex('snapshots').insert({
      digest: snapshotDigest,
      size: 0,
      file_count: 0,
      created_at: now,
    });
    await this.knex('blueprints').insert({
      name,
      entity_ref: blueprint.entityRef,
      title: blueprint.title,
      description: '',
      owner_ref: owner,
      type,
      tags: '[]',
      recommended_version: version,
      created_at: now,
      updated_at: now,
    });
    await this.knex('blueprint_versions').insert({
      id: blueprint.versionId,
      blueprint_name: name,
      version,
      status: 'published',
      document: JSON.stringify(document),
      document_digest: snapshotDigest,
      snapshot_digest: snapshotDigest,
      problems: '[]',
      published_by: 'user:default/mira',
      created_at: now,
      published_at: now,
    });
    this.#published.push(blueprint);
    return blueprint;
  }

  async getForRequest({ name }: { name: string }) {
    return this.#find(blueprint => blueprint.name === name);
  }

  async getById(versionId: string) {
    return this.#find(blueprint => blueprint.versionId === versionId);
  }

  async materialise({ folder }: { snapshotDigest: string; folder: string }) {
    const file = join(folder, 'site', 'main.tf');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, '');
  }

  #find(matches: (blueprint: PublishedBlueprint) => boolean) {
    const found = this.#published.find(matches);
    if (found) return found;
    throw new NotFoundProblemError({
      code: 'blueprint.not-found',
      message: 'There is no such blueprint.',
    });
  }
}
