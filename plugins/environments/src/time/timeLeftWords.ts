import {
  EnvironmentSummary,
  Lease,
} from '@greenroom/plugin-environments-common';
import { entityName } from '../entity/names';
import { formatMomentInWords } from './format';
import { describeTimeLeft, holdAt, TimeLeftView } from './timeLeft';

/** Why an environment ends when it does, or doesn't: the reason alone, for beside its time left. */
export function leaseReason(lease: Lease, view: TimeLeftView): string {
  if (view.kind === 'held') return view.hold.reason;
  return lease.protection?.reason ?? lease.reason;
}

/** The same in sentences, with when, who and what comes then. */
export function leaseSentences(
  environment: Pick<EnvironmentSummary, 'state' | 'lease' | 'destroyedAt'>,
  now: number,
): string[] {
  const { lease } = environment;
  const view = describeTimeLeft(environment, now);
  const when = (at: string) => formatMomentInWords(at, { now });
  const sentences = [ending(lease, view, when)];
  if (view.kind === 'ended' || view.kind === 'ending') return sentences;
  const hold = holdAt(lease, now);
  if (hold) {
    const { until, by, reason } = hold;
    sentences.push(
      `Held until ${when(until)} by ${entityName(by)}: ${asSentence(reason)}`,
    );
  }
  if (lease.protection) {
    const { by, reason } = lease.protection;
    sentences.push(`Protected by ${entityName(by)}: ${asSentence(reason)}`);
  }
  return sentences;
}

/** What comes at the end of its time. */
export function afterwards({ onExpiry }: Lease): string {
  return onExpiry === 'pause'
    ? 'Then it is paused, and destroyed when its grace is over.'
    : 'Then it is destroyed.';
}

/** What people write may have its full stop, or not. */
export function asSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function ending(
  lease: Lease,
  view: TimeLeftView,
  when: (at: string) => string,
): string {
  const { expiresAt } = lease;
  const reason = asSentence(lease.reason);
  switch (view.kind) {
    case 'left':
      return view.grace
        ? `Its time was up, and it is paused. It is destroyed ${when(view.endsAt)}, unless it is extended.`
        : `Ends ${when(view.endsAt)}: ${reason} ${afterwards(lease)}`;
    case 'held':
      return expiresAt
        ? `Its own end is ${when(expiresAt)}: ${reason}`
        : reason;
    case 'kept':
    case 'ended':
      return `Time was up ${when(view.at)}: ${reason}`;
    case 'ending':
      return 'It is being taken down.';
    case 'endless':
      return `No expiry: ${reason}`;
    default:
      return view satisfies never;
  }
}
