import {
  FLEET_ENVIRONMENT_STATES,
  FleetCounts,
  FleetMove,
  FleetUpgrade,
  FleetUpgradeSummary,
} from '@greenroom/plugin-environments-common';

/** How many environments a fleet upgrade, or one of its waves, is about. */
export function totalOf(counts: FleetCounts): number {
  return FLEET_ENVIRONMENT_STATES.reduce(
    (sum, state) => sum + counts[state],
    0,
  );
}

/** Those for which nothing more happens. */
export function endedOf(counts: FleetCounts): number {
  return counts.succeeded + counts.failed + counts['set-aside'] + counts.left;
}

/** `27 of 30 upgraded, 3 failed, 2 set aside` */
export function countsText(counts: FleetCounts): string {
  const { succeeded, failed, checking, upgrading, left } = counts;
  const underWay = checking + upgrading;
  return [
    `${succeeded} of ${totalOf(counts)} upgraded`,
    failed > 0 && `${failed} failed`,
    underWay > 0 && `${underWay} under way`,
    counts['set-aside'] > 0 && `${counts['set-aside']} set aside`,
    left > 0 && `${left} left as ${left === 1 ? 'it is' : 'they are'}`,
  ]
    .filter(Boolean)
    .join(', ');
}

export function fleetTitle({
  blueprint,
  to,
}: Pick<FleetUpgradeSummary, 'blueprint' | 'to'>): string {
  return `${blueprint.title} fleet to ${to}`;
}

/** What a dialog says of a move before it is made. */
export interface MoveWords {
  verb: string;
  keep: string;
  notDone: string;
  consequence: string;
}

export function moveWords(
  move: FleetMove['move'],
  { counts, failures }: Pick<FleetUpgrade, 'counts' | 'failures'>,
): MoveWords {
  const { waiting, checking, upgrading } = counts;
  const underWay = checking + upgrading;
  const goingOn =
    underWay > 0
      ? ` The ${underWay} under way ${underWay === 1 ? 'goes' : 'go'} on to ${underWay === 1 ? 'its' : 'their'} end.`
      : '';
  switch (move) {
    case 'pause':
      return {
        verb: 'Pause',
        keep: 'Let it run',
        notDone: 'It was not paused',
        consequence: `No other upgrade begins until it is resumed; ${waiting} wait.${goingOn}`,
      };
    case 'resume':
      return {
        verb: 'Resume',
        keep: 'Leave it as it is',
        notDone: 'It was not resumed',
        consequence: `It goes on with the ${waiting} that wait, with your rights.${
          failures > 0
            ? ` The ${failures} that failed so far don’t count against the budget any more.`
            : ''
        }`,
      };
    case 'abort':
      return {
        verb: 'Abort',
        keep: 'Keep it',
        notDone: 'It was not aborted',
        consequence: `The ${waiting} that wait stay on their version, for good.${goingOn} What is upgraded stays upgraded.`,
      };
    default:
      return assertNever(move);
  }
}

function assertNever(move: never): never {
  throw new Error(`Unknown move ${move}`);
}
