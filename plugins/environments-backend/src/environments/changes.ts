import { Knex } from 'knex';
import {
  EnvironmentOutput,
  EnvironmentState,
  OperationKind,
} from '@greenroom/plugin-environments-common';
import { Clock } from '../clock';
import { Transaction } from '../database';
import { Outbox } from '../events/outbox';
import { EnvironmentNotFoundError } from './errors';
import { begin, stateAtRest } from './lifecycle';
import { EnvironmentStore } from './store';
import {
  ComponentChange,
  ComponentRecord,
  Declaration,
  EnvironmentRecord,
} from './types';

/**
 * How operations change environments: every move goes along the lifecycle, and is told.
 */
export class EnvironmentChanges {
  constructor(
    private readonly options: {
      store: EnvironmentStore;
      outbox: Outbox;
      clock: Clock;
    },
  ) {}

  /**
   * An operation has the environment from now on; a dry run must not call this.
   *
   * @param environment as the transaction has it locked
   * @throws ConflictProblemError `environment.state` when the operation can't begin in its state
   */
  async begin(
    tx: Knex.Transaction,
    environment: EnvironmentRecord,
    kind: OperationKind,
  ): Promise<void> {
    await this.#move(tx, environment, begin(environment.state, kind));
  }

  /**
   * The operation that had the environment has ended: its state follows from its components.
   *
   * @param destroyed the operation was a destroy which has proven that nothing is left
   */
  async rest(
    tx: Knex.Transaction,
    environmentId: string,
    { destroyed }: { destroyed: boolean },
  ): Promise<void> {
    const environment = await this.lock(tx, environmentId);
    const components = await this.components(tx, environmentId);
    const state = stateAtRest({
      components,
      wasReady: environment.readyAt !== undefined,
      destroyed,
    });
    await this.#move(tx, environment, state);
  }

  /**
   * An operation makes its first change: from now on the environment is meant to be what the
   * operation wants. May be repeated.
   */
  async declare(
    tx: Knex.Transaction,
    environmentId: string,
    declaration: Declaration,
  ): Promise<void> {
    const { store } = this.options;
    await store.updateDeclared(tx, environmentId, declaration);
    await store.declareComponents(tx, environmentId, declaration.components);
  }

  async setOutputs(
    tx: Knex.Transaction,
    environmentId: string,
    outputs: EnvironmentOutput[],
  ): Promise<void> {
    await this.options.store.updateOutputs(tx, environmentId, outputs);
  }

  async changeComponent(
    tx: Knex.Transaction,
    environmentId: string,
    component: string,
    change: ComponentChange,
  ): Promise<void> {
    const { store } = this.options;
    await store.updateComponent(tx, environmentId, component, change);
  }

  async get(
    tx: Transaction,
    environmentId: string,
  ): Promise<EnvironmentRecord> {
    const environment = await this.options.store.find(tx, environmentId);
    if (!environment) throw new EnvironmentNotFoundError(environmentId);
    return environment;
  }

  async components(
    tx: Transaction,
    environmentId: string,
  ): Promise<ComponentRecord[]> {
    return this.options.store.components(tx, environmentId);
  }

  /** One that nobody else changes until the transaction ends. Before any lock on its operations. */
  async lock(
    tx: Knex.Transaction,
    environmentId: string,
  ): Promise<EnvironmentRecord> {
    const environment = await this.options.store.lock(tx, environmentId);
    if (!environment) throw new EnvironmentNotFoundError(environmentId);
    return environment;
  }

  /** Something about it is otherwise than before, though its state is not. */
  async tell(tx: Knex.Transaction, environmentId: string): Promise<void> {
    const { id, name, state } = await this.get(tx, environmentId);
    await this.options.outbox.add(tx, { environmentId: id, name, state });
  }

  async #move(
    tx: Knex.Transaction,
    { id, name }: EnvironmentRecord,
    state: EnvironmentState,
  ): Promise<void> {
    const { store, outbox, clock } = this.options;
    await store.updateState(tx, { id, state, at: clock.now() });
    await outbox.add(tx, { environmentId: id, name, state });
  }
}
