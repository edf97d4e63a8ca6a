import { JsonObject, PlanPurpose } from '@greenroom/plugin-environments-common';
import {
  DriverApplied,
  DriverContext,
  DriverEnvironment,
  DriverLogLine,
  DriverResource,
} from '../../driver';
import { ContractComponent, DriverContractFixtures } from './fixtures';

/** One component of one environment, as a worker would call a driver for it. */
export class Trial {
  readonly lines: DriverLogLine[] = [];
  /** What the driver said that exists. */
  readonly made: DriverResource[] = [];
  readonly #abort = new AbortController();
  readonly #watchers: { words: RegExp; tell: () => void }[] = [];

  constructor(
    readonly name: string,
    readonly folder: string,
    private readonly fixtures: DriverContractFixtures,
    private readonly component: ContractComponent,
    private readonly fence = 1,
  ) {}

  /** As the driver is told of it. */
  get environment(): DriverEnvironment {
    const { name } = this;
    return { id: name, name, owner: 'group:default/team', type: 'sandbox' };
  }

  plan = (purpose: PlanPurpose = 'apply', given?: JsonObject) =>
    this.fixtures.driver.plan(this.#context(given), purpose);
  apply = (hash: string, given?: JsonObject) =>
    this.fixtures.driver.apply(this.#context(given), hash);
  destroy = () => this.fixtures.driver.destroy(this.#context());
  prove = () => this.fixtures.driver.prove(this.#context());
  exists = () => this.fixtures.exists(this.name);

  /** Plans, and applies that plan. */
  async make(given?: JsonObject): Promise<DriverApplied> {
    const { hash } = await this.plan('apply', given);
    return this.apply(hash, given);
  }

  validate = () =>
    this.fixtures.driver.validate({
      component: {
        id: 'thing',
        with: this.component.with,
        folder: this.folder,
      },
      secrets: [],
      sourcePath: 'things/one',
      fetch: async () => {
        throw new Error('The sources of fixtures take nothing from elsewhere');
      },
      keep: () => {},
      signal: this.#abort.signal,
    });

  abort() {
    this.#abort.abort();
  }

  /** The same component for a worker that comes later: it has nothing but the world and the state. */
  later(folder: string, fence = this.fence): Trial {
    const { name, fixtures, component } = this;
    return new Trial(name, folder, fixtures, component, fence);
  }

  /** Resolves once a line has come that matches. */
  async said(words: RegExp): Promise<void> {
    if (this.lines.some(line => words.test(line.text))) return;
    await new Promise<void>(tell => this.#watchers.push({ words, tell }));
  }

  #context(given: JsonObject = this.component.with): DriverContext {
    return {
      operationId: `operation-of-${this.name}`,
      fence: this.fence,
      environment: this.environment,
      component: {
        id: 'thing',
        with: given,
        paused: false,
        folder: this.folder,
        sourcePath: 'things/one',
      },
      state: this.fixtures.state(this.name),
      signal: this.#abort.signal,
      made: resource => this.made.push(resource),
      log: line => {
        this.lines.push(line);
        this.#watchers
          .filter(({ words }) => words.test(line.text))
          .forEach(({ tell }) => tell());
      },
    };
  }
}
