import { Knex } from 'knex';
import {
  DriverError,
  DriverLive,
  DriverTarget,
  EnvironmentDriver,
} from '@greenroom/plugin-environments-node';
import { EnvironmentNotFoundError } from '../environments/errors';
import { EnvironmentStore } from '../environments/store';
import { ComponentRecord, EnvironmentRecord } from '../environments/types';
import { DriverRegistry } from '../operations/run/drivers';
import {
  NoSuchComponentError,
  NothingLooksAfterError,
  SystemProblemError,
} from './errors';

/** An environment with all of its components. */
export interface Subject {
  environment: EnvironmentRecord;
  components: ComponentRecord[];
}

/** Finds what is asked about, and who may know of it. */
export class LiveSubjects {
  constructor(
    private readonly options: {
      knex: Knex;
      store: EnvironmentStore;
      drivers: DriverRegistry;
    },
  ) {}

  /** @throws EnvironmentNotFoundError also for what a dry run has left, of which nothing runs */
  async find(environmentId: string): Promise<Subject> {
    const { knex, store } = this.options;
    const environment = await store.find(knex, environmentId);
    if (!environment || environment.trial) {
      throw new EnvironmentNotFoundError(environmentId);
    }
    const components = await store.components(knex, environmentId);
    return { environment, components };
  }

  /**
   * One component, and what sees it.
   *
   * @throws NoSuchComponentError, NothingLooksAfterError, SystemProblemError
   */
  component(
    { environment, components }: Subject,
    id: string,
  ): { component: ComponentRecord; live: DriverLive } {
    const component = components.find(each => each.id === id);
    if (!component) throw new NoSuchComponentError(environment, id, components);
    const live = this.live(component.driver);
    if (!live) throw new NothingLooksAfterError(component);
    return { component, live };
  }

  /**
   * @returns undefined where nothing looks after what the driver makes
   * @throws SystemProblemError when there is no such driver
   */
  live(driver: string): DriverLive | undefined {
    return this.#driver(driver).live;
  }

  #driver(id: string): EnvironmentDriver {
    try {
      return this.options.drivers.get(id);
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      throw new SystemProblemError(error.problem);
    }
  }
}

/** Whether anything of a component can exist. */
export function mayExist(
  { destroyedAt }: EnvironmentRecord,
  { applyBegun }: ComponentRecord,
): boolean {
  return applyBegun && !destroyedAt;
}

/** As drivers are told of it. */
export function targetOf(
  { id, name, owner, type }: EnvironmentRecord,
  component: Pick<ComponentRecord, 'id'>,
): DriverTarget {
  return { environment: { id, name, owner, type }, component: component.id };
}
