import { Problem } from '@greenroom/plugin-environments-common';
import {
  DriverApplied,
  DriverContext,
  DriverError,
  DriverPlan,
  DriverProof,
  DriverValidateContext,
  EnvironmentDriver,
} from '@greenroom/plugin-environments-node';
import {
  TerraformCommandError,
  TerraformRunner,
} from '@greenroom/plugin-terraform-node';
import { driverPlan } from './run/planned';
import { driverFailure } from './run/problems';
import { WorkFolder } from './run/workFolder';
import {
  checkVariables,
  PlatformVariables,
  variableValues,
} from './source/values';
import { readModule } from './source/variables';
import { readState } from './state/readState';
import { outputsOf, resourcesOf } from './state/stateDocument';
import { validateSource } from './validateSource';

export interface TerraformDriverOptions {
  /** Asked at each call: a binary that was installed since the last one is found. */
  runner: () => Promise<TerraformRunner>;
  platformVariables: PlatformVariables;
}

/** Makes components out of Terraform modules, with OpenTofu or Terraform. */
export class TerraformDriver implements EnvironmentDriver {
  readonly id = 'terraform';

  constructor(private readonly options: TerraformDriverOptions) {}

  async validate(context: DriverValidateContext): Promise<Problem[]> {
    return this.#inDriversWords(context.component.id, async () =>
      validateSource(
        context,
        await this.options.runner(),
        this.options.platformVariables,
      ),
    );
  }

  async plan(context: DriverContext): Promise<DriverPlan> {
    return this.#work(context, async (runner, folder) => {
      await folder.settle();
      await this.#prepare(context, folder);
      const { hasChanges } = await folder.makePlan();
      const document = await runner.showPlan(folder.run, folder.planFile);
      return driverPlan(document, hasChanges);
    });
  }

  async apply(context: DriverContext): Promise<DriverApplied> {
    return this.#work(context, async (runner, folder) => {
      await folder.settle();
      await this.#prepare(context, folder);
      const planned = await folder.takePlan();
      if (!planned || !(await this.#applied(runner, folder, planned))) {
        if (planned) folder.say('The state has changed: planning again');
        await folder.makePlan();
        const again = await folder.takePlan();
        await runner.apply(folder.run, { planFile: again! });
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
      if (
        !(await folder.hasUnsavedState()) &&
        !(await this.#anything(context))
      ) {
        folder.say('The state lists nothing: there is nothing to remove');
        return;
      }
      const { component } = context;
      const module = await readModule(component.folder);
      const lost = await folder.initialise();
      // Nothing is checked here: a teardown must not fail over a key that has no effect on it.
      await folder.writeValues(
        variableValues(component.with, module, this.options.platformVariables),
      );
      await runner.destroy(folder.run, { varFile: folder.varFile });
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

  async #anything(context: DriverContext): Promise<boolean> {
    const state = await readState(context);
    return state !== undefined && resourcesOf(state).length > 0;
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
      placeOf: file => file,
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

  /** False when the state has changed since the plan was made. */
  async #applied(
    runner: TerraformRunner,
    folder: WorkFolder,
    planFile: string,
  ): Promise<boolean> {
    try {
      await runner.apply(folder.run, { planFile });
      return true;
    } catch (error) {
      const stale =
        error instanceof TerraformCommandError &&
        error.diagnostics.some(({ summary }) => /plan is stale/i.test(summary));
      if (stale) return false;
      throw error;
    }
  }

  async #work<T>(
    context: DriverContext,
    work: (runner: TerraformRunner, folder: WorkFolder) => Promise<T>,
  ): Promise<T> {
    return this.#inDriversWords(context.component.id, async () => {
      const runner = await this.options.runner();
      return work(runner, new WorkFolder(runner, context));
    });
  }

  async #inDriversWords<T>(component: string, work: () => Promise<T>) {
    try {
      return await work();
    } catch (error) {
      throw driverFailure(error, component);
    }
  }
}
