import { Knex } from 'knex';
import { EnvironmentOutput } from '@greenroom/plugin-environments-common';
import { Clock } from '../clock';
import { Transaction } from '../database';
import { Outbox } from '../events/outbox';
import { EnvironmentNotFoundError } from './errors';
import { EnvironmentEvent, transition } from './lifecycle';
import { EnvironmentStore } from './store';
import { ComponentChange, ComponentRecord, EnvironmentRecord } from './types';

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
   * Moves an environment along its lifecycle, and locks it until the transaction ends.
   *
   * @throws ConflictProblemError `environment.state` when that can't happen in its state
   */
  async move(
    tx: Knex.Transaction,
    environmentId: string,
    event: EnvironmentEvent,
  ): Promise<void> {
    const { store, outbox, clock } = this.options;
    const environment = await store.lock(tx, environmentId);
    if (!environment) throw new EnvironmentNotFoundError(environmentId);
    const state = transition(environment.state, event);
    await store.updateState(tx, { id: environmentId, state, at: clock.now() });
    await outbox.add(tx, { environmentId, name: environment.name, state });
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
}
