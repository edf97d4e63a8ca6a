import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { parseBlueprint } from '@greenroom/plugin-environments-common';
import { randomIds } from '../ids';
import { SHOP_BLUEPRINT } from '../testing/blueprints';

const AT = new Date('2026-11-01T10:00:00Z');
const EMPTY_FILE = sha256('');
const SNAPSHOT = sha256('snapshot of the first release');
const OWNER = 'group:default/checkout';

const DATABASE_OUTPUTS = {
  url: { value: 'postgres://db', sensitive: false },
  password: { value: 'correct-horse', sensitive: false },
};
const COMPONENTS = [
  { id: 'database', uses: [], outputs: DATABASE_OUTPUTS },
  {
    id: 'app',
    uses: [{ component: 'database', outputs: ['url'] }],
    outputs: {},
  },
  { id: 'docs', uses: [], outputs: {} },
];

export interface OldEnvironment {
  id: string;
  /** Ids by `<action> <component>`. */
  steps: Record<string, string>;
  operationId: string;
}

interface OldStep {
  component: string;
  action: string;
  state: string;
  after?: string[];
  plan?: object;
}

/** Fills a database of the first release's tables, with the words and columns of that time. */
export class FirstRelease {
  readonly versionId = randomIds.id();

  constructor(private readonly knex: Knex) {}

  /** A blueprint of three components. */
  async publish(): Promise<void> {
    const { knex } = this;
    const { document } = parseBlueprint(
      SHOP_BLUEPRINT.replace('name: shop', 'name: old-shop'),
    );
    await knex('blobs').insert({ digest: EMPTY_FILE, size: 0, content: '' });
    await knex('snapshots').insert({
      digest: SNAPSHOT,
      size: 0,
      file_count: COMPONENTS.length,
      created_at: AT,
    });
    await knex('snapshot_files').insert(
      COMPONENTS.map(({ id }) => ({
        snapshot_digest: SNAPSHOT,
        path: `${id}/main.tf`,
        blob_digest: EMPTY_FILE,
      })),
    );
    await knex('blueprints').insert({
      name: 'old-shop',
      entity_ref: 'environmentblueprint:default/old-shop',
      title: 'Shop',
      description: '',
      owner_ref: 'group:default/platform',
      type: 'sandbox',
      tags: '[]',
      recommended_version: '1.0.0',
      created_at: AT,
      updated_at: AT,
    });
    await knex('blueprint_versions').insert({
      id: this.versionId,
      blueprint_name: 'old-shop',
      version: '1.0.0',
      status: 'published',
      // A text within jsonb, which keeps the order of the author's keys.
      document: JSON.stringify(JSON.stringify(document)),
      document_digest: sha256('document'),
      snapshot_digest: SNAPSHOT,
      problems: '[]',
      published_by: 'user:default/mira',
      created_at: AT,
      published_at: AT,
    });
  }

  async environment(options: {
    name: string;
    state: string;
    componentState: string;
    applyBegun: boolean;
    operation: { kind: string; state: string };
    steps: OldStep[];
    failedTeardowns?: number;
  }): Promise<OldEnvironment> {
    const { knex } = this;
    const { name, state, operation } = options;
    const id = randomIds.id();
    const operationId = randomIds.id();
    const isDestroyed = state === 'destroyed';
    await knex('environments').insert({
      id,
      name,
      owner_ref: OWNER,
      created_by: 'user:default/mira',
      type: 'sandbox',
      blueprint_version_id: this.versionId,
      state,
      inputs: { size: 'small', pages: 3 },
      outputs: '[]',
      created_at: AT,
      updated_at: AT,
      destroyed_at: isDestroyed ? AT : null,
    });
    await knex('environment_components').insert(
      COMPONENTS.map((component, position) => ({
        environment_id: id,
        component: component.id,
        position,
        driver: 'fault',
        uses: JSON.stringify(component.uses),
        state: options.componentState,
        apply_begun: options.applyBegun,
        outputs: options.applyBegun ? component.outputs : {},
        resources: '[]',
      })),
    );
    await knex('leases').insert({
      environment_id: id,
      granted_at: AT,
      expires_at: new Date('2027-11-01T10:00:00Z'),
      on_expiry: 'destroy',
      reason: 'the default of the blueprint',
      ended_at: isDestroyed ? AT : null,
      retry_at: options.failedTeardowns ? AT : null,
      failed_teardowns: options.failedTeardowns ?? 0,
    });
    const isFinal = ['succeeded', 'failed'].includes(operation.state);
    await knex('operations').insert({
      id: operationId,
      environment_id: id,
      number: 1,
      kind: operation.kind,
      state: operation.state,
      blueprint_version_id: this.versionId,
      inputs: { size: 'small', pages: 3 },
      requested_by: 'user:default/mira',
      requested_at: AT,
      cause: { code: 'request', message: 'Asked for by user:default/mira' },
      started_at: operation.state === 'queued' ? null : AT,
      finished_at: isFinal ? AT : null,
      problem:
        operation.state === 'failed'
          ? { code: 'terraform.failed', message: 'No room' }
          : null,
      claim_worker: operation.state === 'running' ? 'old:1' : null,
      claim_fence: operation.state === 'running' ? 4 : 0,
      claim_until: operation.state === 'running' ? AT : null,
    });
    const steps = await this.#steps(operationId, options.steps);
    return { id, operationId, steps };
  }

  async #steps(
    operationId: string,
    steps: OldStep[],
  ): Promise<Record<string, string>> {
    const ids: Record<string, string> = {};
    for (const [position, step] of steps.entries()) {
      const name = `${step.action} ${step.component}`;
      ids[name] = randomIds.id();
      await this.knex('operation_steps').insert({
        id: ids[name],
        operation_id: operationId,
        position,
        component: step.component,
        action: step.action,
        state: step.state,
        attempt: step.state === 'waiting' ? 0 : 1,
        after: JSON.stringify((step.after ?? []).map(each => ids[each])),
        plan: step.plan ? JSON.stringify(step.plan) : null,
      });
    }
    return ids;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
