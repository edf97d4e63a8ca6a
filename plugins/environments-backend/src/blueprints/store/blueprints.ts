import { Transaction } from '../../database';
import { BlueprintRecord } from '../types';

interface BlueprintRow {
  name: string;
  entity_ref: string;
  title: string;
  description: string;
  owner_ref: string;
  type: string;
  tags: string[];
  recommended_version: string | null;
  recommended_on_purpose: boolean;
}

export class BlueprintStore {
  async find(
    tx: Transaction,
    name: string,
  ): Promise<BlueprintRecord | undefined> {
    const row = await tx<BlueprintRow>('blueprints').where({ name }).first();
    return row && toRecord(row);
  }

  /** By name. */
  async findAll(
    tx: Transaction,
    names: string[],
  ): Promise<Map<string, BlueprintRecord>> {
    const rows = await tx<BlueprintRow>('blueprints').whereIn('name', names);
    return new Map(rows.map(row => [row.name, toRecord(row)]));
  }

  /** All that anybody published or that the catalog holds, by title. */
  async list(tx: Transaction, search?: string): Promise<BlueprintRecord[]> {
    const query = tx<BlueprintRow>('blueprints as b').where(known =>
      known
        .whereExists(
          tx('blueprint_versions as v').whereRaw('v.blueprint_name = b.name'),
        )
        .orWhereExists(
          tx('blueprint_sources as s').whereRaw('s.blueprint_name = b.name'),
        ),
    );
    if (search) {
      const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
      query.where(match =>
        match
          .whereILike('b.name', pattern)
          .orWhereILike('b.title', pattern)
          .orWhereILike('b.description', pattern)
          .orWhereRaw('b.tags::text ILIKE ?', [pattern]),
      );
    }
    const rows = await query.orderBy(['b.title', 'b.name']).select('b.*');
    return rows.map(toRecord);
  }

  /** Writes the first that is known of a blueprint, and leaves what is known already. */
  async insertIfNew(
    tx: Transaction,
    blueprint: BlueprintRecord,
    now: Date,
  ): Promise<void> {
    await tx('blueprints')
      .insert({
        name: blueprint.name,
        ...toColumns(blueprint),
        created_at: now,
        updated_at: now,
      })
      .onConflict('name')
      .ignore();
  }

  /** Until the transaction ends nobody else publishes a version of it. */
  async lock(
    tx: Transaction,
    name: string,
  ): Promise<BlueprintRecord | undefined> {
    const row = await tx<BlueprintRow>('blueprints')
      .where({ name })
      .forUpdate()
      .first();
    return row && toRecord(row);
  }

  async update(
    tx: Transaction,
    blueprint: BlueprintRecord,
    now: Date,
  ): Promise<void> {
    await tx('blueprints')
      .where({ name: blueprint.name })
      .update({ ...toColumns(blueprint), updated_at: now });
  }
}

function toColumns(blueprint: BlueprintRecord) {
  return {
    entity_ref: blueprint.entityRef,
    title: blueprint.title,
    description: blueprint.description,
    owner_ref: blueprint.owner,
    type: blueprint.type,
    tags: JSON.stringify(blueprint.tags),
    recommended_version: blueprint.recommendedVersion ?? null,
    recommended_on_purpose: blueprint.recommendedOnPurpose,
  };
}

function toRecord(row: BlueprintRow): BlueprintRecord {
  return {
    name: row.name,
    entityRef: row.entity_ref,
    title: row.title,
    description: row.description,
    owner: row.owner_ref,
    type: row.type,
    tags: row.tags,
    recommendedVersion: row.recommended_version ?? undefined,
    recommendedOnPurpose: row.recommended_on_purpose,
  };
}
