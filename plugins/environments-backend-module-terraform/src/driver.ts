import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlanPurpose, Problem } from '@greenroom/plugin-environments-common';
import {
  DriverAbortedError,
  DriverApplied,
  DriverContext,
  DriverEjectContext,
  DriverError,
  DriverPlan,
  DriverProof,
  DriverResource,
  DriverValidateContext,
  EnvironmentDriver,
  PlanGoneError,
} from '@greenroom/plugin-environments-node';
import { TerraformRunner } from '@greenroom/plugin-terraform-node';
import { driverPlan } from './run/planned';
import { driverFailure, placeIn, ProblemSubject } from './run/problems';
import { WorkFolder } from './run/workFolder';
import {
  checkVariables,
  PlatformVariables,
  variableValues,
} from './source/values';
import { readModule } from './source/variables';
import { readState } from './state/readState';
import { outputsOf, resourcesOf } from './state/stateDocument';
import { readOutputs } from './source/outputs';
import { validateSource } from './validateSource';

export interface TerraformDriverOptions {
  /** Asked at each call: a binary that was installed since the last one is found. */
  runner: () => Promise<TerraformRunner>;
  platformVariables: PlatformVariables;
}

/** Asked for no tool: the plan of a state that lists nothing. */
const NOTHING_TO_REMOVE: DriverPlan = driverPlan(
  { format_version: '1' },
  'destroy',
  false,
);

/** Makes components out of Terraform modules, with OpenTofu or Terraform. */
export class TerraformDriver implements EnvironmentDriver {
  readonly id = 'terraform';

  constructor(private readonly options: TerraformDriverOptions) {}

  async validate(context: DriverValidateContext): Promise<Problem[]> {
    const { component, sourcePath } = context;
    const about = { component: component.id, sourcePath };
    return this.#inDriversWords(about, async () =>
      validateSource(
        context,
        await this.options.runner(),
        this.options.platformVariables,
      ),
    );
  }

  async declaredOutputs({
    folder,
  }: DriverValidateContext['component']): Promise<string[]> {
    return readOutputs(folder);
  }

  async plan(
    context: DriverContext,
    purpose: PlanPurpose,
  ): Promise<DriverPlan> {
    return this.#work(context, async (_runner, folder) => {
      await folder.settle();
      if (purpose !== 'destroy') {
        await this.#prepare(context, folder);
      } else if (await this.#isNothing(context, folder)) {
        return NOTHING_TO_REMOVE;
      } else {
        // What is lost is told once all else is removed.
        await this.#prepareDestroy(context, folder);
      }
      return folder.plan(purpose);
    });
  }

  async apply(context: DriverContext, hash: string): Promise<DriverApplied> {
    return this.#work(context, async (_runner, folder) => {
      await folder.settle();
      if (!(await folder.plans.has(['apply', 'adopt'], hash))) {
        throw new PlanGoneError('The plan is not in the work folder any more');
      }
      const lost = await folder.initialise();
      if (lost.length > 0) throw new DriverError(folder.lostProblem(lost));
      const plan = await folder.plans.take(['apply', 'adopt'], hash);
      if (!plan || !(await folder.apply(plan))) {
        throw new PlanGoneError('The state has moved since the plan was made');
      }
      const state = await readState(context);
      return {
        outputs: state ? outputsOf(state) : {},
        resources: state ? resourcesOf(state) : [],
      };
    });
  }

  async destroy(context: DriverContext): Promise<void> {
    await this.#work(context, async (runner, folder) => {
      await folder.settle();
      if (await this.#isNothing(context, folder)) {
        folder.say('The state lists nothing: there is nothing to remove');
        return;
      }
      const lost = await this.#prepareDestroy(context, folder);
      const plan = await folder.plans.take(['destroy']);
      if (!plan || !(await folder.apply(plan))) {
        if (plan) folder.say('The state has moved: planning the removal again');
        await runner.destroy(folder.run, { varFile: folder.varFile });
      }
      if (lost.length > 0) throw new DriverError(folder.lostProblem(lost));
    });
  }

  /**
   * By the state alone. Terraform knows of no resource that its state does not list, so a plan
   * over an empty state would prove no more; what a run could not write into the state is
   * looked after in {@link WorkFolder.initialise}.
   */
  async prove(context: DriverContext): Promise<DriverProof> {
    const state = await readState(context);
    const left = state ? resourcesOf(state) : [];
    return { gone: left.length === 0, left };
  }

  async eject({ component }: DriverEjectContext): Promise<void> {
    const module = await readModule(component.folder);
    const { platformVariables } = this.options;
    const values = variableValues(component.with, module, platformVariables);
    await writeFile(
      join(component.folder, 'terraform.tfvars.json'),
      `${JSON.stringify(values, null, 2)}\n`,
      { mode: 0o600 },
    );
  }

  async #isNothing(
    context: DriverContext,
    folder: WorkFolder,
  ): Promise<boolean> {
    if (await folder.hasUnsavedState()) return false;
    const state = await readState(context);
    return state === undefined || resourcesOf(state).length === 0;
  }

  /** Nothing is checked here: a teardown must not fail over a key that has no effect on it. */
  async #prepareDestroy(
    { component }: DriverContext,
    folder: WorkFolder,
  ): Promise<DriverResource[]> {
    const module = await readModule(component.folder);
    const lost = await folder.initialise({ removal: true });
    await folder.writeValues(
      variableValues(component.with, module, this.options.platformVariables),
    );
    return lost;
  }

  /** Checks the values before the init: a wrong key is known at once, without a download. */
  async #prepare(context: DriverContext, folder: WorkFolder) {
    const { platformVariables: platform } = this.options;
    const { component } = context;
    const module = await readModule(component.folder);
    const [problem, ...more] = checkVariables({
      component: component.id,
      given: component.with,
      module,
      platform,
      placeOf: file => placeIn(component.sourcePath, file),
    });
    if (problem) {
      throw new DriverError({
        ...problem,
        ...(more.length > 0 && {
          detail: [problem, ...more].map(({ message }) => message).join('\n'),
        }),
      });
    }
    const lost = await folder.initialise();
    if (lost.length > 0) throw new DriverError(folder.lostProblem(lost));
    await folder.writeValues(variableValues(component.with, module, platform));
  }

  async #work<T>(
    context: DriverContext,
    work: (runner: TerraformRunner, folder: WorkFolder) => Promise<T>,
  ): Promise<T> {
    const { id, sourcePath } = context.component;
    if (context.signal.aborted) {
      throw new DriverAbortedError(`The work on component "${id}" was aborted`);
    }
    return this.#inDriversWords({ component: id, sourcePath }, async () => {
      const runner = await this.options.runner();
      return work(runner, new WorkFolder(runner, context));
    });
  }

  async #inDriversWords<T>(about: ProblemSubject, work: () => Promise<T>) {
    try {
      return await work();
    } catch (error) {
      throw driverFailure(error, about);
    }
  }
}
