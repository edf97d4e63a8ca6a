import {
  ComponentNode,
  EnvironmentState,
  OperationKind,
  OperationState,
} from '@greenroom/plugin-environments-common';
import {
  begin,
  INITIAL_STATE,
  stateAtRest,
} from '../../../environments/lifecycle';
import { ComponentRecord } from '../../../environments/types';
import { ProblemError } from '../../../errors';
import { decide, FinalState, StepFacts, stepsToRepeat } from '../decide';
import { DECLARING } from '../../submission/declaration';
import { draftOperation } from '../../submission/draft';
import { CLAIMABLE_STATES, isFinal, transition } from '../lifecycle';
import { StepDraft } from '../steps';
import { World } from './world';

export interface MachineStep extends StepFacts {
  purpose: StepDraft['purpose'];
  attempt: number;
}

export interface MachineOperation {
  id: string;
  kind: OperationKind;
  dryRun: boolean;
  confirm: boolean;
  state: OperationState;
  /** Which of the machine's versions it wants. */
  version: number;
  steps: MachineStep[];
  drivers: string[];
  /** Whether a worker has it. */
  claimed: boolean;
  cancelRequested: boolean;
}

export interface Submission {
  kind: OperationKind;
  version: number;
  dryRun: boolean;
  confirm: boolean;
  queue: boolean;
}

type Component = Pick<
  ComponentRecord,
  'id' | 'driver' | 'uses' | 'pausable' | 'state' | 'applyBegun' | 'madeFrom'
>;

/** How a step ends; `extent` says how much of it happened all the same, see {@link World}. */
export interface StepEnding {
  good: boolean;
  extent: 0 | 1 | 2;
}

/**
 * One environment with all its operations, in memory. Every decision is the engine's own pure code;
 * what is written here is what the stores and the runner do with the answers, and no more.
 */
export class Machine {
  readonly world = new World();
  readonly operations: MachineOperation[] = [];
  readonly components = new Map<string, Component>();
  state: EnvironmentState = INITIAL_STATE;
  #wasReady = false;
  /** The one that the environment is meant to be. */
  version = 0;

  /** @param versions components as a blueprint's versions want them; an environment begins with the first */
  constructor(readonly versions: ComponentNode[][]) {
    this.#declare(0);
    this.submit({
      kind: 'create',
      version: 0,
      dryRun: false,
      confirm: false,
      queue: false,
    });
  }

  get unfinished(): MachineOperation[] {
    return this.operations.filter(({ state }) => !isFinal(state));
  }

  /** @returns false when it was refused */
  submit({ queue, ...submission }: Submission): boolean {
    const ahead = this.unfinished.length > 0;
    if (ahead && !queue) return false;
    const operation: MachineOperation = {
      ...submission,
      id: `operation ${this.operations.length + 1}`,
      confirm: submission.confirm && !submission.dryRun,
      state: 'pending',
      steps: [],
      drivers: [],
      claimed: false,
      cancelRequested: false,
    };
    if (!ahead && !this.#promote(operation)) return false;
    this.operations.push(operation);
    return true;
  }

  claim(operation: MachineOperation): void {
    if (!CLAIMABLE_STATES.includes(operation.state) || operation.claimed) {
      return;
    }
    operation.state = transition(operation.state, 'claimed');
    operation.claimed = true;
    const { steps } = operation;
    if (operation.cancelRequested) {
      for (const step of steps) {
        if (step.state === 'running') step.state = 'cancelled';
      }
    } else {
      for (const step of stepsToRepeat(steps)) step.state = 'waiting';
    }
  }

  /** The worker asks what comes next, and does that. */
  turn(operation: MachineOperation): void {
    if (!operation.claimed) return;
    const decision = decide(operation);
    switch (decision.move) {
      case 'skip':
        for (const step of decision.steps) step.state = 'skipped';
        break;
      case 'start':
        for (const step of decision.steps) this.#start(operation, step);
        break;
      case 'wait-for-confirmation':
        operation.state = transition(operation.state, 'planned');
        operation.claimed = false;
        break;
      default:
        this.#settle(operation, decision.state);
    }
  }

  /** A driver answers. */
  finish(
    operation: MachineOperation,
    step: MachineStep,
    ending: StepEnding,
  ): void {
    if (!operation.claimed || step.state !== 'running') return;
    const { good } = ending;
    this.#happen(operation, step, good ? { good, extent: 2 } : ending);
    const interrupted = operation.cancelRequested ? 'cancelled' : 'failed';
    step.state = good ? 'succeeded' : interrupted;
    if (good && step.action === 'plan') {
      step.plan = {
        hasChanges: this.#wouldChange(operation, step),
        // Made anew after a take-over it says the same, or the step would have failed.
        confirmed: step.plan?.confirmed ?? false,
      };
    }
    this.#record(operation, step, good);
  }

  /** The worker dies, or loses its claim: what was under way ends somewhere. */
  crash(operation: MachineOperation, ending: StepEnding): void {
    if (!operation.claimed) return;
    operation.claimed = false;
    for (const step of operation.steps) {
      if (step.state === 'running') this.#happen(operation, step, ending);
    }
  }

  cancel(operation: MachineOperation): void {
    if (isFinal(operation.state)) return;
    operation.cancelRequested = true;
    if (operation.state === 'running') return;
    this.#settle(operation, 'cancelled');
  }

  confirm(operation: MachineOperation): void {
    if (operation.state !== 'waiting') return;
    operation.state = transition(operation.state, 'confirmed');
    for (const { plan } of operation.steps) if (plan) plan.confirmed = true;
  }

  expire(operation: MachineOperation): void {
    if (operation.state === 'waiting') this.#settle(operation, 'cancelled');
  }

  /** @returns false when it can't begin with the environment as it is */
  #promote(operation: MachineOperation): boolean {
    const { kind, dryRun } = operation;
    const isNew = this.operations.length === 0;
    try {
      if (!DECLARING.has(kind)) operation.version = this.version;
      const next = isNew ? this.state : begin(this.state, kind);
      const draft = draftOperation({
        kind,
        dryRun,
        wanted: kind === 'destroy' ? [] : this.versions[operation.version],
        components: [...this.components.values()] as ComponentRecord[],
      });
      operation.state = transition(operation.state, 'promoted');
      operation.drivers = draft.drivers;
      operation.steps = draft.steps.map(({ after, ...step }, position) => ({
        ...step,
        id: String(position),
        purpose: step.purpose,
        state: 'waiting',
        attempt: 0,
        after: after.map(String),
      }));
      if (!dryRun) this.state = next;
      return true;
    } catch (error) {
      if (error instanceof ProblemError) return false;
      throw error;
    }
  }

  #start(operation: MachineOperation, step: MachineStep): void {
    const component = this.components.get(step.component);
    const { kind } = operation;
    if (this.#isIdle(operation, step)) {
      step.state = 'unchanged';
      this.#endIdle(operation, step);
      return;
    }
    step.state = 'running';
    step.attempt += 1;
    const makes = step.action === 'apply' && kind !== 'adopt';
    this.world.call(
      { ...operation, ...step, operation: operation.id },
      makes && DECLARING.has(kind)
        ? usesOf(this.#node(operation, step.component))
        : [],
    );
    if (step.action === 'plan') return;
    if (DECLARING.has(kind)) this.#declare(operation.version);
    const begun = this.components.get(step.component) ?? component!;
    begun.state = 'working';
    if (makes) {
      begun.applyBegun = true;
      begun.madeFrom = [...begun.madeFrom, ...usesOf(begun)];
    }
  }

  /** There is nothing to do: an empty plan of something that is at rest, or nothing was ever made. */
  #isIdle(operation: MachineOperation, step: MachineStep): boolean {
    const component = this.components.get(step.component);
    if (step.action === 'plan') return false;
    if (step.action !== 'apply') return !component?.applyBegun;
    const plan = operation.steps.find(
      each => each.component === step.component && each.action === 'plan',
    )?.plan;
    const atRest =
      component?.state === 'ready' || component?.state === 'paused';
    return !plan?.hasChanges && atRest;
  }

  #wouldChange(operation: MachineOperation, step: MachineStep): boolean {
    if (step.purpose === 'destroy') return this.world.exists(step.component);
    const node = this.#node(operation, step.component);
    return (
      operation.kind === 'pause' ||
      this.components.get(step.component)?.state !== 'ready' ||
      this.world.differs(step.component, usesOf(node))
    );
  }

  #happen(
    operation: MachineOperation,
    { component, action }: MachineStep,
    { extent }: StepEnding,
  ): void {
    if (action === 'destroy') this.world.destroy(component, extent);
    if (action !== 'apply' || operation.kind === 'adopt') return;
    const uses = usesOf(this.#node(operation, component));
    this.world.apply(component, uses, extent);
  }

  #endIdle(
    { kind }: MachineOperation,
    { action, component: id }: MachineStep,
  ): void {
    const component = this.components.get(id);
    if (!component) return;
    if (action === 'prove')
      component.state = kind === 'destroy' ? 'gone' : 'absent';
    if (action !== 'apply' || kind === 'adopt') return;
    component.state = kind === 'pause' ? 'paused' : 'ready';
  }

  /** What a step comes to for its component. */
  #record(
    { kind }: MachineOperation,
    { action, component: id }: MachineStep,
    good: boolean,
  ): void {
    const component = this.components.get(id);
    if (action === 'plan' || !component) return;
    if (!good) {
      component.state = 'failed';
    } else if (action === 'apply') {
      component.state = kind === 'pause' ? 'paused' : 'ready';
      if (kind !== 'adopt') component.madeFrom = usesOf(component);
    } else if (action === 'prove') {
      component.state = kind === 'destroy' ? 'gone' : 'absent';
      component.applyBegun = false;
      component.madeFrom = [];
    }
  }

  #declare(version: number): void {
    this.version = version;
    const wanted = this.versions[version];
    for (const component of this.components.values()) {
      const isWanted = wanted.some(({ id }) => id === component.id);
      if (!isWanted && ['waiting', 'gone'].includes(component.state)) {
        component.state = 'absent';
      }
    }
    for (const { id, driver, uses, pausable } of wanted) {
      const known = this.components.get(id);
      const stays = known && !['absent', 'gone'].includes(known.state);
      this.components.set(id, {
        ...(stays
          ? known
          : { state: 'waiting', applyBegun: false, madeFrom: [] }),
        ...{ id, driver, uses, pausable },
      });
    }
  }

  #settle(operation: MachineOperation, outcome: FinalState): void {
    const { state: before, kind, dryRun, version } = operation;
    operation.state = transition(before, outcome);
    operation.claimed = false;
    for (const step of operation.steps) {
      if (step.state === 'waiting') step.state = 'skipped';
    }
    if (before === 'pending') return;
    if (!dryRun) this.#rest(kind, version, outcome);
    this.#promoteNext();
  }

  #rest(kind: OperationKind, version: number, outcome: FinalState): void {
    const components = [...this.components.values()];
    for (const each of components) {
      if (each.state === 'working') each.state = 'failed';
    }
    if (outcome === 'succeeded' && DECLARING.has(kind)) this.#declare(version);
    this.state = stateAtRest({
      components: [...this.components.values()],
      wasReady: this.#wasReady,
      destroyed: kind === 'destroy' && outcome === 'succeeded',
    });
    this.#wasReady ||= this.state === 'running';
  }

  #promoteNext(): void {
    for (const next of this.operations) {
      if (next.state !== 'pending') continue;
      if (this.#promote(next)) return;
      next.state = transition(next.state, 'cancelled');
    }
  }

  #node(operation: MachineOperation, component: string): ComponentNode {
    const wanted = this.versions[operation.version];
    return wanted.find(({ id }) => id === component)!;
  }
}

export function usesOf({ uses }: Pick<ComponentNode, 'uses'>): string[] {
  return uses.map(({ component }) => component);
}
