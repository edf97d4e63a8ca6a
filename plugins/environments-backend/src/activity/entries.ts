import {
  formatDurationSeconds,
  JsonObject,
} from '@greenroom/plugin-environments-common';
import { EntryDraft } from '../leases/entry';
import { ProbeRecord } from './probes/store';
import { Bump, IdleDecision, IdleFacts, quietSince } from './rule';
import { Sighting } from './store';

/** Acts for nobody but what is seen, or is not. */
export const ACTIVITY_ACTOR = 'system:activity';

/** What a probe has said, and why it says nothing now. */
export type KnownProbe = Pick<ProbeRecord, 'name' | 'everySeconds'> &
  Partial<ProbeRecord>;

/** What was seen last in each place, and what each probe said: what a decision goes by. */
export interface Evidence {
  signals: Sighting[];
  /** Their last answers. */
  probes: KnownProbe[];
}

/** That nobody uses it, and what follows. */
export function idleEntry(
  decision: Extract<IdleDecision, { move: 'pause' | 'end' }>,
  facts: IdleFacts,
  { signals, probes }: Evidence,
): EntryDraft {
  const since = quietSince(facts).toISOString();
  const { afterSeconds, then } = facts.idle;
  const reason = `nobody has used it since ${since}`;
  return {
    kind: 'idle',
    actor: ACTIVITY_ACTOR,
    reason: decision.move === 'pause' ? `${reason}; it is paused` : reason,
    rule: 'idle.after',
    ...(decision.move === 'end' && { expiresAfter: decision.endsAt }),
    detail: {
      then,
      quietSince: since,
      after: formatDurationSeconds(afterSeconds),
      signals: signals.map(toJson),
      probes: probes.map(({ name, answeredAt, value }) => ({
        name,
        ...(answeredAt && { at: answeredAt.toISOString() }),
        ...(value !== undefined && { value }),
      })),
    },
  };
}

/** That it was used, and until when it lives for that. */
export function activityEntry(
  { rule, reason, expiresAt }: Bump,
  seen: Sighting,
): EntryDraft {
  return {
    kind: 'activity',
    actor: ACTIVITY_ACTOR,
    reason,
    rule,
    expiresAfter: expiresAt,
    detail: toJson(seen),
  };
}

function toJson({ signal, at, evidence }: Sighting): JsonObject {
  return { signal, at: at.toISOString(), ...evidence };
}
