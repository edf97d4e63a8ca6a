import { isResting } from '@greenroom/plugin-environments-common';
import { DOING } from '../../../environments/lifecycle';
import { ComponentRecord } from '../../../environments/types';
import { mayExist } from '../../submission/draft';
import { ACTIVE_STATES, isFinal } from '../lifecycle';
import { Machine, MachineOperation } from './machine';
import { Call, World } from './world';

/** What must hold at any moment. Each throws a sentence when it doesn't. */
export type Invariant = (machine: Machine) => void;

/** One that shows in what drivers were asked for, wherever the record is. */
export type WorldInvariant = (machine: { world: World }) => void;

export const atMostOneActiveOperation: Invariant = ({ operations }) => {
  const active = operations.filter(isActive);
  require(active.length <= 1, `${active.length} operations are active at once`);
};

/** An operation waits only behind another one: nothing is forgotten in the queue. */
export const pendingOnlyBehindAnother: Invariant = ({ operations }) => {
  const pending = operations.filter(({ state }) => state === 'pending');
  require(pending.length === 0 ||
    operations.some(isActive), 'an operation waits behind none');
};

/** The environment is moving if and only if an operation that may change it has it. */
export const environmentFollowsItsOperation: Invariant = machine => {
  const active = machine.operations.find(
    each => isActive(each) && !each.dryRun,
  );
  if (active) {
    require(machine.state ===
      DOING[
        active.kind
      ], `the environment is ${machine.state} during ${active.kind}`);
  } else {
    require(isResting(
      machine.state,
    ), `nothing has it, and it is ${machine.state}`);
    const working = [...machine.components.values()].filter(
      ({ state }) => state === 'working',
    );
    require(working.length === 0, 'a component is left working');
  }
};

export const noApplyTwiceWithoutANewPlan: WorldInvariant = ({ world }) => {
  const planned = new Set<string>();
  for (const { operation, component, action } of world.calls) {
    const key = `${operation} ${component}`;
    if (action === 'plan') planned.add(key);
    if (action !== 'apply') continue;
    require(planned.delete(key), `${component} is applied twice with one plan`);
  }
};

export const nothingRemovedUnderItsUser: WorldInvariant = ({ world }) => {
  for (const { component, users } of world.calls) {
    require(users.length ===
      0, `${component} is removed while ${users.join(', ')} points to it`);
  }
};

export const nothingMadeBeforeWhatItUses: WorldInvariant = ({ world }) => {
  for (const { component, missing } of world.calls) {
    require(missing.length ===
      0, `${component} is applied while ${missing.join(', ')} is not there`);
  }
};

export const runningMeansAllIsReady: Invariant = machine => {
  if (machine.state !== 'running') return;
  for (const { id } of machine.versions[machine.version]) {
    const state = machine.components.get(id)?.state;
    require(state === 'ready', `it is running, and ${id} is ${state}`);
  }
};

/** A place at a worker, and one of its owner's and drivers', is held while it runs and no longer. */
export const placesAreGivenBack: Invariant = ({ operations }) => {
  for (const { id, state, claimed } of operations) {
    require(!claimed ||
      state === 'running', `${id} is ${state} and holds a place`);
  }
};

export const dryRunsChangeNothing: Invariant = ({ world }) => {
  const changing = world.calls.filter(
    ({ dryRun, action }: Call) => dryRun && action !== 'plan',
  );
  require(changing.length === 0, 'a dry run changes something');
};

/** Whatever exists is on record as what may exist, so that a destroy finds it. */
export const nothingIsForgotten: Invariant = ({ world, components }) => {
  for (const id of world.existing) {
    const component = components.get(id);
    require(component !== undefined &&
      mayExist(
        component as ComponentRecord,
      ), `${id} exists, and the record knows nothing of it`);
  }
};

export const destroyedMeansNothingLeft: Invariant = ({ state, world }) => {
  require(state !== 'destroyed' ||
    world.existing.length ===
      0, `destroyed, and ${world.existing.join(', ')} is left`);
};

export const INVARIANTS: Invariant[] = [
  atMostOneActiveOperation,
  pendingOnlyBehindAnother,
  environmentFollowsItsOperation,
  noApplyTwiceWithoutANewPlan,
  nothingRemovedUnderItsUser,
  nothingMadeBeforeWhatItUses,
  runningMeansAllIsReady,
  placesAreGivenBack,
  dryRunsChangeNothing,
  nothingIsForgotten,
  destroyedMeansNothingLeft,
];

/** Remembers how operations ended; a terminal state is final, with all its steps. */
export class FinalStates {
  readonly #ends = new Map<string, string>();

  check({ operations }: Machine): void {
    for (const operation of operations) {
      if (!isFinal(operation.state)) continue;
      const { id, state, steps } = operation;
      const end = JSON.stringify({ state, steps });
      require((this.#ends.get(id) ?? end) ===
        end, `${id} has changed after its end`);
      this.#ends.set(id, end);
    }
  }
}

/** Whatever happened: as long as workers go on and somebody answers, all operations end. */
export function everyOperationCanEnd(machine: Machine): void {
  const most = 100 * (machine.operations.length + 1);
  for (let round = 0; machine.unfinished.length > 0; round++) {
    require(round < most, `${machine.unfinished[0].id} does not end`);
    for (const operation of machine.unfinished) {
      machine.claim(operation);
      machine.turn(operation);
      for (const step of operation.steps) {
        machine.finish(operation, step, { good: true, extent: 2 });
      }
      machine.confirm(operation);
    }
  }
}

function isActive({ state }: MachineOperation): boolean {
  return ACTIVE_STATES.some(active => active === state);
}

function require(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
