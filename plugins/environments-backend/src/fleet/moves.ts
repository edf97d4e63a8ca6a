import {
  FleetMove,
  FleetUpgradeState,
} from '@greenroom/plugin-environments-common';

/** Where each move leads from; elsewhere it can't be made. */
const FROM: Record<FleetMove['move'], readonly FleetUpgradeState[]> = {
  pause: ['running'],
  resume: ['paused', 'stopped'],
  abort: ['running', 'paused', 'stopped'],
};

export const LEADS_TO = {
  pause: 'paused',
  resume: 'running',
  abort: 'aborted',
} as const satisfies Record<FleetMove['move'], FleetUpgradeState>;

/** Why a move can't be made, whoever wants to make it; undefined when it can. */
export function refuseMove(
  move: FleetMove['move'],
  state: FleetUpgradeState,
): string | undefined {
  if (FROM[move].includes(state)) return undefined;
  if (state === 'running') return 'It is running.';
  if (state === 'paused' || state === 'stopped')
    return `It is ${state} already.`;
  return state === 'aborted' ? 'It was aborted.' : 'It is complete.';
}

/** What pages show. */
export function movesOf(
  state: FleetUpgradeState,
  allowed: boolean,
): FleetMove[] {
  return (['pause', 'resume', 'abort'] as const).map(move => {
    const reason =
      refuseMove(move, state) ??
      (allowed ? undefined : 'You may not upgrade fleets of this blueprint.');
    return reason ? { move, allowed: false, reason } : { move, allowed: true };
  });
}
