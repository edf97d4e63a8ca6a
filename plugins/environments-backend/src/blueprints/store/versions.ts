import {
  BlueprintDocument,
  BlueprintVersionStatus,
  Problem,
} from '@greenroom/plugin-environments-common';
import { isLockedByOthers, Transaction } from '../../database';
import { RELEASED, Settlement } from '../lifecycle';
import { BlueprintVersionRecord } from '../types';

interface VersionRow {
  id: string;
  blueprint_name: string;
  version: string;
  status: BlueprintVersionStatus;
  draft: boolean;
  notice: string | null;
  replacement: string | null;
  /** A JSON text within jsonb, which would forget the order of an author's inputs. */
  document: string;
  document_digest: string;
  authored_digest: string;
  snapshot_digest: string;
  resolved: Record<string, string>;
  problems: Problem[];
  published_by: string;
  created_at: Date;
  published_at: Date | null;
}

export type NewVersion = Omit<
  BlueprintVersionRecord,
  'problems' | 'publishedAt' | 'status' | 'notice' | 'snapshotDigest'
>;

export class VersionStore {
  async find(
    tx: Transaction,
    blueprint: string,
    version: string,
  ): Promise<BlueprintVersionRecord | undefined> {
    const row = await tx<VersionRow>('blueprint_versions')
      .where({ blueprint_name: blueprint, version })
      .first();
    return row && toRecord(row);
  }

  async findById(
    tx: Transaction,
    id: string,
  ): Promise<BlueprintVersionRecord | undefined> {
    const row = await tx<VersionRow>('blueprint_versions')
      .where({ id })
      .first();
    return row && toRecord(row);
  }

  /** Without documents, which are large. */
  async listOf(
    tx: Transaction,
    blueprints: string[],
  ): Promise<Omit<BlueprintVersionRecord, 'document'>[]> {
    const rows = await tx<VersionRow>('blueprint_versions')
      .whereIn('blueprint_name', blueprints)
      .select(
        'id',
        'blueprint_name',
        'version',
        'status',
        'draft',
        'notice',
        'replacement',
        'document_digest',
        'authored_digest',
        'snapshot_digest',
        'resolved',
        'problems',
        'published_by',
        'created_at',
        'published_at',
      );
    return rows.map(row => {
      const { document: _none, ...record } = toRecord({
        ...row,
        document: 'null',
      });
      return record;
    });
  }

  /** Writes a version to be checked, in the place of one of the same number that was not published. */
  async writeUnchecked(tx: Transaction, version: NewVersion): Promise<string> {
    const [{ id }] = await tx('blueprint_versions')
      .insert({
        id: version.id,
        blueprint_name: version.blueprint,
        version: version.version,
        status: 'validating',
        draft: version.draft,
        document: JSON.stringify(JSON.stringify(version.document)),
        document_digest: version.digest,
        authored_digest: version.authoredDigest,
        // Until the drivers have added to it.
        snapshot_digest: version.authoredDigest,
        resolved: JSON.stringify(version.resolved),
        problems: '[]',
        published_by: version.publishedBy,
        created_at: version.createdAt,
      })
      .onConflict(['blueprint_name', 'version'])
      .merge([
        'status',
        'draft',
        'document',
        'document_digest',
        'authored_digest',
        'snapshot_digest',
        'resolved',
        'problems',
        'published_by',
        'created_at',
      ])
      .whereNotIn('blueprint_versions.status', RELEASED)
      .returning('id');
    return id;
  }

  /**
   * A version that waits for its check, out of reach of other replicas until the transaction
   * ends; a process that dies gives it back.
   */
  async lock(
    tx: Transaction,
    id: string,
  ): Promise<BlueprintVersionRecord | undefined> {
    const row = await tx<VersionRow>('blueprint_versions')
      .where({ id, status: 'validating' })
      .forUpdate()
      .skipLocked()
      .first();
    return row && toRecord(row);
  }

  /**
   * One that is to be written anew. Does not wait: whoever checks it has it for as long as that
   * takes, and wants the blueprint's lock in the end, which the caller holds.
   *
   * @returns false while it is being checked; roll back then
   */
  async lockToWrite(tx: Transaction, id: string): Promise<boolean> {
    try {
      await tx('blueprint_versions')
        .where({ id })
        .forUpdate()
        .noWait()
        .first('id');
      return true;
    } catch (error) {
      if (isLockedByOthers(error)) return false;
      throw error;
    }
  }

  async listUnchecked(tx: Transaction): Promise<string[]> {
    return tx('blueprint_versions')
      .where({ status: 'validating' })
      .orderBy('created_at')
      .pluck('id');
  }

  async settle(
    tx: Transaction,
    version: { id: string; digest: string },
    outcome: Settlement & {
      snapshotDigest: string;
      problems: Problem[];
      at: Date;
    },
  ): Promise<void> {
    await tx('blueprint_versions')
      .where({ id: version.id, document_digest: version.digest })
      .where({ status: 'validating' })
      .update({
        ...settled(outcome, outcome.at),
        snapshot_digest: outcome.snapshotDigest,
        problems: JSON.stringify(outcome.problems),
      });
  }

  /** Into another status, or with another notice; its content stays what it is. */
  async move(
    tx: Transaction,
    version: { id: string; publishedAt?: Date },
    outcome: Settlement & { at: Date },
  ): Promise<void> {
    await tx('blueprint_versions')
      .where({ id: version.id })
      .update(settled(outcome, version.publishedAt ?? outcome.at));
  }
}

function settled({ status, notice }: Settlement, publishedAt: Date) {
  return {
    status,
    published_at: RELEASED.includes(status) ? publishedAt : null,
    notice: notice?.message ?? null,
    replacement: notice?.replacement ?? null,
  };
}

function toRecord(row: VersionRow): BlueprintVersionRecord {
  return {
    id: row.id,
    blueprint: row.blueprint_name,
    version: row.version,
    status: row.status,
    draft: row.draft,
    notice: noticeOf(row),
    document: JSON.parse(row.document) as BlueprintDocument,
    digest: row.document_digest,
    authoredDigest: row.authored_digest,
    snapshotDigest: row.snapshot_digest,
    resolved: row.resolved,
    problems: row.problems,
    publishedBy: row.published_by,
    createdAt: row.created_at,
    publishedAt: row.published_at ?? undefined,
  };
}

function noticeOf({
  notice,
  replacement,
}: VersionRow): BlueprintVersionRecord['notice'] {
  if (notice === null) return undefined;
  return { message: notice, ...(replacement && { replacement }) };
}
