import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonObject, PlanPurpose } from '@greenroom/plugin-environments-common';
import {
  DriverContext,
  DriverError,
  EnvironmentDriver,
} from '@greenroom/plugin-environments-node';

/** Whatever any driver of this process said to anybody: lines, problems, errors with their causes. */
export const SAID: string[] = [];

/** Takes down whatever comes of it. */
export async function heard<T>(answer: Promise<T>): Promise<T> {
  try {
    const found = await answer;
    SAID.push(JSON.stringify(found) ?? '');
    return found;
  } catch (error) {
    for (let one = error; one instanceof Error; one = one.cause as Error)
      SAID.push(`${one.stack} ${JSON.stringify(one)}`);
    if (error instanceof DriverError) SAID.push(JSON.stringify(error.problem));
    throw error;
  }
}

/** One component of one environment, that several drivers may work on. */
export class Component {
  readonly lines: string[] = [];
  readonly #watchers: { words: RegExp; tell: () => void }[] = [];

  static async make(
    environment: string,
    source: { write(folder: string): Promise<void> },
  ): Promise<Component> {
    const folder = await mkdtemp(join(tmpdir(), 'argocd-component-'));
    await source.write(folder);
    return new Component(environment, folder);
  }

  private constructor(
    readonly environment: string,
    private readonly folder: string,
  ) {}

  async plan(
    driver: EnvironmentDriver,
    given: JsonObject = {},
    purpose: PlanPurpose = 'apply',
  ) {
    return heard(driver.plan(this.#context(given), purpose));
  }

  async apply(driver: EnvironmentDriver, hash: string, given: JsonObject = {}) {
    return heard(driver.apply(this.#context(given), hash));
  }

  async make(driver: EnvironmentDriver, given: JsonObject = {}) {
    const { hash } = await this.plan(driver, given);
    return this.apply(driver, hash, given);
  }

  async destroy(driver: EnvironmentDriver) {
    return heard(driver.destroy(this.#context({})));
  }

  async prove(driver: EnvironmentDriver) {
    return heard(driver.prove(this.#context({})));
  }

  /** Resolves once nothing is left: Argo CD sees a moment later what was done behind its back. */
  async proveGone(driver: EnvironmentDriver): Promise<void> {
    while (!(await this.prove(driver)).gone);
  }

  /** Resolves once a line has come that matches. */
  async said(words: RegExp): Promise<void> {
    if (this.lines.some(line => words.test(line))) return;
    await new Promise<void>(tell => this.#watchers.push({ words, tell }));
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  #context(given: JsonObject): DriverContext {
    const { environment: name, folder } = this;
    return {
      operationId: `operation-of-${name}`,
      fence: 1,
      environment: {
        id: name,
        name,
        owner: 'group:default/a',
        type: 'sandbox',
      },
      component: {
        id: 'app',
        with: given,
        paused: false,
        folder,
        sourcePath: 'app',
      },
      state: {
        address: '',
        lockAddress: '',
        unlockAddress: '',
        username: '',
        password: '',
      },
      signal: new AbortController().signal,
      made: resource => SAID.push(JSON.stringify(resource)),
      log: ({ text }) => {
        SAID.push(text);
        this.lines.push(text);
        this.#watchers
          .filter(({ words }) => words.test(text))
          .forEach(({ tell }) => tell());
      },
    };
  }
}
