import { JsonObject } from '@greenroom/plugin-environments-common';
import { Transaction, violatesUnique } from '../../database';
import { digestOf } from '../../digest';
import { IdempotencyKeyReusedError } from '../../environments/errors';
import { OperationStore } from '../store/operations';
import { OperationRecord } from '../types';

const INDEX = 'operations_requested_by_idempotency_key_unique';

/** A caller's own name for one request, with what was asked under it. */
export interface Idempotency {
  key: string;
  digest: string;
}

/** @returns undefined without a key: each request is then one of its own */
export function idempotencyOf(
  key: string | undefined,
  request: object,
): Idempotency | undefined {
  if (key === undefined) return undefined;
  return { key, digest: digestOf(request as JsonObject) };
}

/**
 * What an earlier request of the same caller under this key made; undefined when there was none.
 *
 * @throws IdempotencyKeyReusedError when that was another request
 */
export async function findRepeated(
  tx: Transaction,
  operations: OperationStore,
  actor: string,
  idempotency: Idempotency | undefined,
): Promise<OperationRecord | undefined> {
  if (!idempotency) return undefined;
  const { key } = idempotency;
  const earlier = await operations.byIdempotencyKey(tx, actor, key);
  if (earlier && earlier.requestDigest !== idempotency.digest) {
    throw new IdempotencyKeyReusedError(key);
  }
  return earlier;
}

/** Whether somebody else was first with the key: look again for what they made. */
export function isKeyTaken(error: unknown): boolean {
  return violatesUnique(error, INDEX);
}
