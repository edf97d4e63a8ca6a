import { Problem } from '@greenroom/plugin-environments-common';
import { Transaction } from '../../database';
import { BlueprintSourceRecord } from '../types';

interface SourceRow {
  entity_ref: string;
  location: string;
  blueprint_name: string;
  version: string;
  entity_etag: string;
  problems: Problem[];
  checked_at: Date;
}

/** What the catalog door read last, entity by entity. */
export class SourceStore {
  async list(tx: Transaction): Promise<BlueprintSourceRecord[]> {
    return (await tx<SourceRow>('blueprint_sources')).map(toRecord);
  }

  async listOf(
    tx: Transaction,
    blueprints: string[],
  ): Promise<BlueprintSourceRecord[]> {
    const rows = await tx<SourceRow>('blueprint_sources').whereIn(
      'blueprint_name',
      blueprints,
    );
    return rows.map(toRecord);
  }

  async write(tx: Transaction, source: BlueprintSourceRecord): Promise<void> {
    await tx('blueprint_sources')
      .insert({
        entity_ref: source.entityRef,
        location: source.location,
        blueprint_name: source.blueprint,
        version: source.version,
        entity_etag: source.etag,
        problems: JSON.stringify(source.problems),
        checked_at: source.checkedAt,
      })
      .onConflict('entity_ref')
      .merge();
  }

  /** The entities are gone; what was published of them stays. */
  async forget(tx: Transaction, entityRefs: string[]): Promise<void> {
    await tx('blueprint_sources').whereIn('entity_ref', entityRefs).delete();
  }
}

function toRecord(row: SourceRow): BlueprintSourceRecord {
  return {
    entityRef: row.entity_ref,
    location: row.location,
    blueprint: row.blueprint_name,
    version: row.version,
    etag: row.entity_etag,
    problems: row.problems,
    checkedAt: row.checked_at,
  };
}
