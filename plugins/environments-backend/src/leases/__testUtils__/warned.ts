import { addSeconds } from '../../clock';
import { EntryDraft, LeaseEntry } from '../entry';
import { LeaseProjection } from '../ledger';
import { warningDue } from '../warnings/moments';
import { expectThat } from './expectThat';

interface Given {
  beforeSeconds: number;
  endsAt: Date;
}

/** Which warnings of a lease were given, kept by hand beside its ledger. */
export class Warned {
  /** Those that were over before then are none. */
  #since: Date;
  /** Of the present end, the nearest to it. */
  #nearest = Infinity;
  /** Found, and told to nobody yet. */
  #untold: Given[] = [];
  readonly #grantedAt: Date;

  constructor(
    private readonly warnings: number[],
    grant: LeaseEntry,
  ) {
    this.#since = grant.at;
    this.#grantedAt = grant.at;
  }

  /** An end that moves is warned of anew; whoever puts it off knows when it is. */
  follow(
    before: Date | undefined,
    after: Date | undefined,
    entries: LeaseEntry[],
  ): void {
    const [first] = entries;
    const isOver = first?.kind === 'expiry';
    const isMoved = before && after && before.getTime() !== after.getTime();
    if (!isOver && !isMoved) return;
    this.#nearest = Infinity;
    this.#since =
      isMoved && !isOver && after > before ? first.at : this.#grantedAt;
  }

  /** What the sweep of warnings finds, and that it is neither early nor given before. */
  find(lease: LeaseProjection, now: Date): EntryDraft | undefined {
    const { nextWarningAt, dueAt } = lease;
    if (!nextWarningAt || nextWarningAt > now || dueAt! <= now)
      return undefined;
    const { beforeSeconds, endsAt } = warningDue(lease, now)!;
    const at = addSeconds(endsAt, -beforeSeconds);
    expectThat(at <= now && at > this.#since, 'a warning comes too early');
    expectThat(beforeSeconds < this.#nearest, 'a warning is given twice');
    this.#nearest = beforeSeconds;
    this.#untold.push({ beforeSeconds, endsAt });
    return entry({ beforeSeconds, endsAt }, 'due');
  }

  /** What comes of the oldest that was found. */
  tell({ dueAt, stage }: LeaseProjection, now: Date): EntryDraft | undefined {
    const warning = this.#untold.shift();
    if (!warning) return undefined;
    const { endsAt } = warning;
    const isOfUse =
      (stage === 'running' || stage === 'grace') &&
      dueAt?.getTime() === endsAt.getTime() &&
      endsAt > now;
    return entry(warning, isOfUse ? 'sent' : 'dropped');
  }

  /** Of those that are over before the end, the nearest to it was given. */
  expectNoneLost(
    dueAt: Date | undefined,
    now: Date,
    ledger: LeaseEntry[],
  ): void {
    if (!dueAt || dueAt <= now) return;
    const over = this.warnings.filter(before => {
      const at = addSeconds(dueAt, -before);
      return at <= now && at > this.#since;
    });
    const isGiven = this.#nearest <= Math.min(...over);
    expectThat(isGiven, 'a warning is lost', now, ledger);
  }
}

function entry(
  { beforeSeconds, endsAt }: Given,
  delivery: 'due' | 'sent' | 'dropped',
): EntryDraft {
  return {
    kind: 'warning',
    actor: 'system:lease',
    reason: delivery,
    rule: 'ttl.warnBefore',
    detail: { beforeSeconds, endsAt: endsAt.toISOString(), delivery },
  };
}
