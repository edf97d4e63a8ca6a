import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonObject } from '@greenroom/plugin-environments-common';
import {
  DriverContext,
  DriverPlan,
  DriverResource,
  DriverValidateContext,
} from '@greenroom/plugin-environments-node';
import { StateServer } from '@greenroom/plugin-environments-node/contract-kit';
import { ToolUnderTest } from '@greenroom/plugin-terraform-node/testing';
import { TerraformDriver } from '../driver';
import { driverOn } from './fixtures';
import { moduleOf } from './modules';

/** What the driver is given to check the source of a component that takes nothing from elsewhere. */
export function checkOf(
  { component, signal }: Pick<DriverContext, 'component' | 'signal'>,
  sourcePath: string,
): DriverValidateContext {
  return {
    component,
    secrets: [],
    sourcePath,
    fetch: async () => {
      throw new Error('It was asked for what lies elsewhere');
    },
    keep: () => {},
    signal,
  };
}

/** What a test of the driver works with. */
export interface DriverStage {
  /** For folders of the test's own. */
  root: string;
  /** Where modules make files. */
  world: string;
  states: StateServer;
  driver: TerraformDriver;
  /** What the driver has logged. */
  lines: string[];
  /** What it said that exists. */
  made: DriverResource[];
  /** A component of the environment, in a folder of its own. */
  contextOf(
    files: Record<string, string>,
    given?: JsonObject,
  ): Promise<DriverContext>;
  /** The context of a worker that comes later, in the same folder. */
  contextIn(
    folder: string,
    given: JsonObject,
    password?: string,
  ): DriverContext;
  /** Plans, and applies that plan. */
  make(context: DriverContext): Promise<DriverPlan>;
}

/** Sets a stage up for each test of a suite. */
export function useDriverStage(
  tool: ToolUnderTest,
  options: { graceMs?: number } = {},
): () => DriverStage {
  let stage: DriverStage;

  beforeEach(async () => {
    const root = await mkdtemp(join(tmpdir(), 'terraform-driver-'));
    const world = await mkdtemp(join(tmpdir(), 'terraform-world-'));
    const states = await StateServer.start();
    const driver = await driverOn(tool, options);
    const lines: string[] = [];
    const made: DriverResource[] = [];
    const contextIn = (
      folder: string,
      given: JsonObject,
      password?: string,
    ): DriverContext => ({
      operationId: 'operation-1',
      fence: 1,
      environment: {
        id: 'env-1',
        name: 'blue',
        owner: 'group:default/shop',
        type: 'sandbox',
      },
      component: {
        id: 'thing',
        with: given,
        paused: false,
        folder,
        sourcePath: 'things/one',
      },
      state: states.access('env-1', password),
      log: line => lines.push(line.text),
      made: resource => made.push(resource),
      signal: new AbortController().signal,
    });
    stage = {
      root,
      world,
      states,
      driver,
      lines,
      made,
      contextIn,
      async contextOf(files, given = {}) {
        const folder = await mkdtemp(join(root, 'folder-'));
        await moduleOf(files)(folder);
        return contextIn(folder, given);
      },
      async make(context) {
        const plan = await driver.plan(context, 'apply');
        await driver.apply(context, plan.hash);
        return plan;
      },
    };
  });

  afterEach(async () => {
    await stage.states.close();
    await rm(stage.root, { recursive: true, force: true });
    await rm(stage.world, { recursive: true, force: true });
  });

  return () => stage;
}
