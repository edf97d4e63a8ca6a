import { JsonObject } from '@greenroom/plugin-environments-common';
import { DriverContext, DriverLogLine, EnvironmentDriver } from '../driver';
import { ContractComponent, DriverContractFixtures } from './contractFixtures';

/** One component of one environment, as a worker would call a driver for it. */
export class Trial {
  readonly lines: DriverLogLine[] = [];
  readonly #abort = new AbortController();
  readonly #watchers: { words: RegExp; tell: () => void }[] = [];

  constructor(
    readonly name: string,
    readonly folder: string,
    private readonly driver: EnvironmentDriver,
    private readonly fixtures: DriverContractFixtures,
    private readonly component: ContractComponent,
  ) {}

  plan = (given?: JsonObject) => this.driver.plan(this.#context(given));
  apply = (given?: JsonObject) => this.driver.apply(this.#context(given));
  destroy = () => this.driver.destroy(this.#context());
  prove = () => this.driver.prove(this.#context());
  exists = () => this.fixtures.exists(this.name);

  validate = () =>
    this.driver.validate({
      component: {
        id: 'thing',
        with: this.component.with,
        folder: this.folder,
      },
      sourcePath: 'things/one',
      signal: this.#abort.signal,
    });

  abort() {
    this.#abort.abort();
  }

  /** The same component for a worker that comes later: it has nothing but the world and the state. */
  later(folder: string): Trial {
    const { name, driver, fixtures, component } = this;
    return new Trial(name, folder, driver, fixtures, component);
  }

  /** Resolves once a line has come that matches. */
  async said(words: RegExp): Promise<void> {
    if (this.lines.some(line => words.test(line.text))) return;
    await new Promise<void>(tell => this.#watchers.push({ words, tell }));
  }

  #context(given: JsonObject = this.component.with): DriverContext {
    return {
      operationId: `operation-of-${this.name}`,
      environment: {
        id: this.name,
        name: this.name,
        owner: 'group:default/team',
        type: 'sandbox',
      },
      component: { id: 'thing', with: given, folder: this.folder },
      state: this.fixtures.state(this.name),
      signal: this.#abort.signal,
      log: line => {
        this.lines.push(line);
        this.#watchers
          .filter(({ words }) => words.test(line.text))
          .forEach(({ tell }) => tell());
      },
    };
  }
}
