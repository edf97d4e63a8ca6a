import { Knex } from 'knex';
import {
  ComponentNode,
  PlanSummary,
} from '@greenroom/plugin-environments-common';
import { EnvironmentChanges } from '../../../environments/changes';
import { ComponentChange } from '../../../environments/types';
import { TestEngine } from '../../../testing/engine';
import { declarationOf, DECLARING } from '../../submission/declaration';
import { StepStore } from '../../store/steps';
import { OperationRecord, StepPlanRecord, StepRecord } from '../../types';
import { StepEnding, usesOf } from './machine';
import { World } from './world';

const NO_CHANGES: PlanSummary = { add: 0, change: 0, remove: 0 };

/**
 * What the steps of one environment do to the record and to the world, one write at a time. The
 * driver is a {@link World}, so that a test decides how far a step gets.
 */
export class PostgresSteps {
  readonly world = new World();

  constructor(
    private readonly engine: TestEngine,
    private readonly environmentId: string,
    private readonly environments: EnvironmentChanges,
    private readonly store: StepStore,
  ) {}

  async start(
    tx: Knex.Transaction,
    operation: OperationRecord,
    step: StepRecord,
  ): Promise<void> {
    if (await this.#isIdle(tx, operation, step)) {
      if (step.action !== 'plan' && step.action !== 'destroy') {
        const { outputs, ...change } = changeBy(operation, step);
        await this.#change(tx, step.component, change);
      }
      await this.end(tx, step, 'unchanged');
      return;
    }
    const { id, kind, dryRun } = operation;
    const makes = step.action === 'apply' && kind !== 'adopt';
    const node = makes ? await this.#node(operation, step) : undefined;
    const at = this.engine.clock.now();
    await this.store.start(tx, step.id, { attempt: step.attempt + 1, at });
    this.world.call(
      { ...step, operation: id, dryRun },
      node && DECLARING.has(kind) ? usesOf(node) : [],
    );
    if (step.action === 'plan') return;
    if (DECLARING.has(kind)) {
      const declaration = await this.#declaration(operation);
      await this.environments.declare(tx, this.environmentId, declaration);
    }
    await this.#change(tx, step.component, {
      state: 'working',
      ...(makes && {
        applyBegun: true,
        blueprintVersionId: operation.blueprintVersionId,
      }),
    });
  }

  async finish(
    tx: Knex.Transaction,
    operation: OperationRecord,
    step: StepRecord,
    { good, extent }: StepEnding,
  ): Promise<void> {
    await this.happen(operation, step, good ? 2 : extent);
    const change = good
      ? changeBy(operation, step)
      : { state: 'failed' as const };
    const isPlan = step.action === 'plan';
    if (!isPlan) await this.#change(tx, step.component, change);
    const interrupted = operation.cancel ? 'cancelled' : 'failed';
    const plan =
      isPlan && good ? await this.#plan(tx, operation, step) : undefined;
    await this.end(tx, step, good ? 'succeeded' : interrupted, plan);
  }

  async #isIdle(
    tx: Knex.Transaction,
    operation: OperationRecord,
    step: StepRecord,
  ): Promise<boolean> {
    const component = await this.#component(tx, step.component);
    if (step.action === 'plan') return false;
    if (step.action !== 'apply') return !component?.applyBegun;
    const steps = await this.store.ofOperation(tx, operation.id);
    const planned = steps.find(
      ({ action, component: id }) => action === 'plan' && id === step.component,
    );
    const atRest =
      component?.state === 'ready' || component?.state === 'paused';
    return !planned?.plan?.hasChanges && atRest;
  }

  async #plan(
    tx: Knex.Transaction,
    operation: OperationRecord,
    step: StepRecord,
  ): Promise<StepPlanRecord> {
    const { kind } = operation;
    const component = await this.#component(tx, step.component);
    const hasChanges =
      step.purpose === 'destroy'
        ? this.world.exists(step.component)
        : kind === 'pause' ||
          component?.state !== 'ready' ||
          this.world.differs(
            step.component,
            usesOf(await this.#node(operation, step)),
          );
    return {
      hasChanges,
      unchanged: false,
      summary: NO_CHANGES,
      changes: [],
      omittedAttributes: 0,
      deferredBy: [],
      hash: String(hasChanges),
    };
  }

  async happen(
    operation: OperationRecord,
    step: StepRecord,
    extent: 0 | 1 | 2,
  ): Promise<void> {
    if (step.action === 'destroy') this.world.destroy(step.component, extent);
    if (step.action !== 'apply' || operation.kind === 'adopt') return;
    const node = await this.#node(operation, step);
    this.world.apply(step.component, usesOf(node), extent);
  }

  async #node(
    operation: OperationRecord,
    { component }: StepRecord,
  ): Promise<ComponentNode> {
    const { components } = await this.#declaration(operation);
    return components.find(({ id }) => id === component)!;
  }

  async #declaration({ blueprintVersionId, inputs }: OperationRecord) {
    const { knex, blueprints } = this.engine;
    const blueprint = await blueprints.service.getById(blueprintVersionId);
    const environment = await this.environments.get(knex, this.environmentId);
    return declarationOf(environment, blueprint, inputs);
  }

  async #component(tx: Knex.Transaction, id: string) {
    const all = await this.environments.components(tx, this.environmentId);
    return all.find(component => component.id === id);
  }

  async #change(
    tx: Knex.Transaction,
    component: string,
    change: ComponentChange,
  ): Promise<void> {
    const { environmentId } = this;
    if (Object.keys(change).length === 0) return;
    await this.environments.changeComponent(
      tx,
      environmentId,
      component,
      change,
    );
  }

  async leaveNothingWorking(
    tx: Knex.Transaction,
    { dryRun }: OperationRecord,
  ): Promise<void> {
    if (dryRun) return;
    const all = await this.environments.components(tx, this.environmentId);
    for (const { id, state } of all) {
      if (state === 'working') await this.#change(tx, id, { state: 'failed' });
    }
  }

  async end(
    tx: Knex.Transaction,
    { id }: StepRecord,
    state: 'succeeded' | 'unchanged' | 'failed' | 'cancelled' | 'skipped',
    plan?: StepPlanRecord,
  ): Promise<void> {
    await this.store.end(tx, id, { state, plan, at: this.engine.clock.now() });
  }
}

function changeBy(
  { kind, blueprintVersionId }: OperationRecord,
  { action }: StepRecord,
): ComponentChange {
  if (action === 'prove') {
    return { state: kind === 'destroy' ? 'gone' : 'absent', applyBegun: false };
  }
  if (action !== 'apply') return {};
  if (kind === 'adopt') return { state: 'ready' };
  return {
    state: kind === 'pause' ? 'paused' : 'ready',
    blueprintVersionId,
    appliedHash: 'applied',
    outputs: {},
  };
}
