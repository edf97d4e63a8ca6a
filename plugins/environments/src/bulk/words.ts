import {
  BULK_ACTIONS,
  BulkAction,
  BulkItem,
} from '@greenroom/plugin-environments-common';

/** What the bar and its dialog say of each action. */
export interface BulkWords {
  verb: string;
  /** In the past, for the result. */
  done: string;
  consequence: string;
  /** What one environment of the result is. */
  each: string;
}

export const BULK_WORDS: Record<BulkAction, BulkWords> = {
  extend: {
    verb: 'Extend',
    done: 'extended',
    consequence:
      'Each ends later, within its own limits; it counts as one of its extensions.',
    each: 'Extended',
  },
  hold: {
    verb: 'Hold',
    done: 'held',
    consequence:
      'Nothing of their leases falls due before, not even at their maximum. What is due then falls due at once.',
    each: 'Held',
  },
  release: {
    verb: 'Release',
    done: 'released',
    consequence:
      'Their holds end. What is due by then falls due at once: it is paused or destroyed.',
    each: 'Released',
  },
  pause: {
    verb: 'Pause',
    done: 'being paused',
    consequence:
      'What their blueprints can pause is scaled down; data stays, and their time goes on.',
    each: 'Pausing',
  },
  resume: {
    verb: 'Resume',
    done: 'being resumed',
    consequence: 'What is paused is started again with its data.',
    each: 'Resuming',
  },
  destroy: {
    verb: 'Destroy',
    done: 'being destroyed',
    consequence:
      'All resources of theirs are destroyed, with all data in them. This can’t be undone.',
    each: 'Being destroyed',
  },
};

export const BULK_ORDER: readonly BulkAction[] = BULK_ACTIONS;

/** More than so many are destroyed only by whoever has typed how many. */
const DESTROYED_UNTYPED = 3;

/** What must be typed before so many are destroyed; undefined where nothing must. */
export function typedWord(
  action: BulkAction,
  count: number,
): string | undefined {
  return action === 'destroy' && count > DESTROYED_UNTYPED
    ? `destroy ${count}`
    : undefined;
}

export function environmentsText(count: number): string {
  return `${count} ${count === 1 ? 'environment' : 'environments'}`;
}

/** Those that something is done to, then those that are refused; each by name. */
export function inTurn(items: readonly BulkItem[]): BulkItem[] {
  const nameOf = ({ name, environmentId }: BulkItem) => name ?? environmentId;
  return [...items].sort(
    (a, b) =>
      Number(a.problem !== undefined) - Number(b.problem !== undefined) ||
      nameOf(a).localeCompare(nameOf(b)),
  );
}
