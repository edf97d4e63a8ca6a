import { Knex } from 'knex';
import {
  JsonObject,
  OperationKind,
  OperationState,
} from '@greenroom/plugin-environments-common';
import { randomIds } from '../../ids';
import { useTestDatabases } from '../../testing/database';
import { HistoryStore } from './history';
import { OperationStore } from './operations';

const V1 = randomIds.id();
const V2 = randomIds.id();

interface Past {
  kind?: OperationKind;
  state?: OperationState;
  dryRun?: boolean;
  version?: string;
  inputs?: JsonObject;
}

describe('the history of an environment', () => {
  const databases = useTestDatabases();
  const history = new HistoryStore();
  const operations = new OperationStore();
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.create();
  });

  /** An environment on which all this was asked for, in that order; numbers begin with 1. */
  async function insert(...past: Past[]) {
    const environmentId = randomIds.id();
    const rows = past.map((each, index) => ({
      id: randomIds.id(),
      environment_id: environmentId,
      number: index + 1,
      kind: each.kind ?? 'update',
      dry_run: each.dryRun ?? false,
      state: each.state ?? 'succeeded',
      blueprint_version_id: each.version ?? V1,
      inputs: JSON.stringify(each.inputs ?? {}),
      owner_ref: 'group:default/checkout',
      drivers: '[]',
      requested_by: 'user:default/mira',
      requested_at: knex.fn.now(),
      cause: '{}',
    }));
    await knex.transaction(async tx => {
      // The environment itself, and its blueprint, are looked at by nobody here.
      await tx.raw('SET LOCAL session_replication_role = replica');
      await tx('operations').insert(rows);
    });
    const around = async (number: number) => {
      const operation = await operations.find(knex, rows[number - 1].id);
      const found = await history.around(knex, operation!);
      return {
        active: found.active?.number,
        ahead: found.ahead?.number,
        newest: found.newest?.number,
        earlier: found.earlier?.number,
      };
    };
    return { environmentId, around };
  }

  it('says which one has the environment, and which is right ahead', async () => {
    const { around } = await insert(
      { kind: 'create' },
      { state: 'waiting' },
      { state: 'pending' },
      { state: 'pending' },
    );
    expect(await around(2)).toMatchObject({ active: 2, ahead: undefined });
    expect(await around(3)).toMatchObject({ active: 2, ahead: 2 });
    expect(await around(4)).toMatchObject({ active: 2, ahead: 3 });
  });

  it('has no active one while all wait or have ended', async () => {
    const { around } = await insert({ kind: 'create' }, { state: 'failed' });
    expect(await around(2)).toMatchObject({
      active: undefined,
      ahead: undefined,
    });
  });

  it('counts as newest, and goes back to, nothing that was a dry run', async () => {
    const { around } = await insert(
      { kind: 'create' },
      { dryRun: true, inputs: { color: 'blue' } },
      { state: 'failed', inputs: { color: 'green' } },
      { dryRun: true, inputs: { color: 'white' } },
    );
    expect(await around(3)).toMatchObject({ newest: 3, earlier: 1 });
  });

  it('goes back from a failure to the success before it, though that wanted the same', async () => {
    const { around } = await insert(
      { kind: 'create' },
      { inputs: { color: 'blue' } },
      { state: 'cancelled' },
      { state: 'failed', inputs: { color: 'blue' } },
    );
    expect(await around(4)).toMatchObject({ earlier: 2 });
  });

  it('goes back from a success to the newest that made something else of it', async () => {
    const { around } = await insert(
      { kind: 'create' },
      { kind: 'upgrade', version: V2 },
      { inputs: { color: 'blue' }, version: V2 },
      { kind: 'remediate', inputs: { color: 'blue' }, version: V2 },
      { kind: 'upgrade', inputs: { color: 'blue' }, version: V1 },
    );
    expect(await around(2)).toMatchObject({ earlier: 1 });
    expect(await around(4)).toMatchObject({ earlier: 2 });
    expect(await around(5)).toMatchObject({ earlier: 4 });
  });

  it('knows what the last of those that are to come will make of it', async () => {
    const { environmentId } = await insert(
      { kind: 'create' },
      { state: 'running', inputs: { color: 'blue' } },
      { kind: 'upgrade', state: 'pending', version: V2 },
      { state: 'pending', dryRun: true, inputs: { color: 'white' } },
      { kind: 'pause', state: 'pending' },
    );
    expect(await history.lastIntent(knex, environmentId)).toEqual({
      blueprintVersionId: V2,
      inputs: {},
    });
  });

  it('knows of nothing to come where all have ended or set nothing', async () => {
    const { environmentId } = await insert(
      { kind: 'create' },
      { state: 'failed', inputs: { color: 'blue' } },
      { kind: 'destroy', state: 'running' },
    );
    expect(await history.lastIntent(knex, environmentId)).toBeUndefined();
  });
});
