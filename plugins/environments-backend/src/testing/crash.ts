import { Knex } from 'knex';
import { ClaimLostError } from '../operations/errors';
import { ClaimStore } from '../operations/store/claims';
import { Claim } from '../operations/types';

/**
 * From its `n`th fenced write on, nothing that a worker writes reaches the record: what a process
 * leaves that dies right before that write. Its claim stays, as nobody gives it up.
 *
 * The worker still runs, so its tools may go on for a moment, as those of a killed process do.
 *
 * @returns how to end it, which also says whether there were as many writes
 */
export function crashBeforeWrite(n: number): () => { crashed: boolean } {
  let writes = 0;
  const write = ClaimStore.prototype.write;
  const release = ClaimStore.prototype.release;
  const lost = new Set<number>();
  ClaimStore.prototype.write = function crashing<T>(
    this: ClaimStore,
    claim: Claim,
    use: (tx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    writes += 1;
    if (writes === n) lost.add(claim.fence);
    if (lost.has(claim.fence)) throw new ClaimLostError(claim);
    return write.call(this, claim, use) as Promise<T>;
  };
  ClaimStore.prototype.release = async function crashing(this, claim) {
    if (!lost.has(claim.fence)) await release.call(this, claim);
  };
  return () => {
    ClaimStore.prototype.write = write;
    ClaimStore.prototype.release = release;
    return { crashed: lost.size > 0 };
  };
}

/**
 * The connection is cut right after the commit of each fenced write, so that nobody hears that it
 * went through; the second try is heard.
 *
 * @returns how to end it
 */
export function cutAfterWrites(): () => void {
  const write = ClaimStore.prototype.write;
  const heard = new WeakSet<object>();
  ClaimStore.prototype.write = async function cut<T>(
    this: ClaimStore,
    claim: Claim,
    use: (tx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    const result = (await write.call(this, claim, use)) as T;
    if (heard.has(use)) return result;
    heard.add(use);
    throw new Error('Connection terminated unexpectedly');
  };
  return () => {
    ClaimStore.prototype.write = write;
  };
}
