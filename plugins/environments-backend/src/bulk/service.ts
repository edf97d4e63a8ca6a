import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  BulkItem,
  BulkOutcome,
  BulkRequest,
  LeaseChange,
} from '@greenroom/plugin-environments-common';
import { InputProblemError, problemsOf } from '../errors';
import { LeaseCommands } from '../leases/commands';
import { reasonMissing } from '../leases/errors';
import { LeaseSafeguards } from '../leases/safeguards';
import { OperationRequests } from '../operations/api/requests';
import { untilMissing } from './errors';
import { BulkPreview, itemOf, unknownItem } from './preview';
import { BulkSelector } from './selection';

/** At once: each holds a connection while it writes. */
const CONCURRENCY = 4;

/**
 * One change for many environments. Each is changed by the very service that changes one, with all
 * its guardrails, whole or not at all; what is refused for one keeps none of the others.
 */
export class BulkService {
  constructor(
    private readonly options: {
      selector: BulkSelector;
      preview: BulkPreview;
      leaseCommands: LeaseCommands;
      leaseSafeguards: LeaseSafeguards;
      operationRequests: OperationRequests;
    },
  ) {}

  /**
   * The same key and request again give the same answer; what was done by then is not done again.
   *
   * @throws ProblemError when the request as a whole is wrong: then nothing was done
   */
  async change(
    request: BulkRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<BulkOutcome> {
    const { selector, preview } = this.options;
    const { action, dryRun = false } = request;
    requireParts(request);
    const selection = await selector.select(request, credentials);
    const items = dryRun
      ? await preview.of(request, selection, credentials)
      : await inParallel(selection.ids, CONCURRENCY, async id => {
          const row = selection.rows.get(id);
          if (!row) return unknownItem(id);
          const key = idempotencyKey && `${idempotencyKey}/${id}`;
          const done = await this.#one(id, request, credentials, key);
          return { ...itemOf(row), ...done };
        });
    const refused = items.filter(({ problem }) => problem).length;
    return { action, dryRun, done: items.length - refused, refused, items };
  }

  async #one(
    id: string,
    request: BulkRequest,
    credentials: BackstageCredentials,
    key: string | undefined,
  ): Promise<Partial<BulkItem>> {
    try {
      return await this.#change(id, request, credentials, key);
    } catch (error) {
      const problems = problemsOf(error);
      if (!problems) throw error;
      return { problem: problems[0] };
    }
  }

  async #change(
    id: string,
    { action, by, until = '', reason = '' }: BulkRequest,
    credentials: BackstageCredentials,
    key: string | undefined,
  ): Promise<Partial<BulkItem>> {
    const { leaseCommands, leaseSafeguards, operationRequests } = this.options;
    const said = reason || undefined;
    switch (action) {
      case 'extend': {
        const move = { by, until: until || undefined, reason: said };
        const made = await leaseCommands.extend(id, move, credentials, key);
        return { expiresAfter: made.lease.expiresAt };
      }
      case 'hold':
        return dueOf(
          await leaseSafeguards.hold(id, { until, reason }, credentials, key),
        );
      case 'release':
        return dueOf(
          await leaseSafeguards.release(id, { reason: said }, credentials, key),
        );
      case 'pause':
      case 'resume':
      case 'destroy': {
        const wanted = { kind: action, reason: said };
        const made = await operationRequests.submit(
          id,
          wanted,
          credentials,
          key,
        );
        return { operation: { id: made.id, number: made.number } };
      }
      default:
        return action satisfies never;
    }
  }
}

function dueOf({ lease }: LeaseChange): Partial<BulkItem> {
  return { dueAt: lease.dueAt };
}

/** What is wrong for all of them is no problem of each. */
function requireParts({ action, until, reason, dryRun }: BulkRequest): void {
  if (action !== 'hold') return;
  if (!until) throw untilMissing();
  if (!dryRun && !reason?.trim()) throw new InputProblemError(reasonMissing());
}

async function inParallel<T, R>(
  values: T[],
  limit: number,
  use: (value: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < values.length) {
      const index = next++;
      results[index] = await use(values[index]);
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}
