import { PlanPurpose, Problem } from '@greenroom/plugin-environments-common';
import {
  DriverApplied,
  DriverContext,
  DriverError,
  DriverPlan,
  DriverProof,
  DriverValidateContext,
  EnvironmentDriver,
} from '@greenroom/plugin-environments-node';
import { locate, Located } from './application/locate';
import { SiteOptions, siteOf } from './application/site';
import { siteToTakeOver } from './application/takeOver';
import { applyPlan } from './apply/apply';
import { destroy, prove } from './destroy/destroy';
import { ArgocdLive } from './live/live';
import { Planned, planAdopt, planApply, planDestroy } from './plan/plan';
import { SavedPlans } from './plan/savedPlans';
import { driverFailure } from './problems';
import { readInstance, readSpec } from './spec/readSpec';
import { ComponentSpec } from './spec/schema';
import { declaredOutputs, validateSpec } from './spec/validate';

/** Makes components as Argo CD applications, one each. */
export class ArgocdDriver implements EnvironmentDriver {
  readonly id = 'argocd';
  readonly live: ArgocdLive;

  constructor(private readonly options: SiteOptions) {
    this.live = new ArgocdLive(options);
  }

  async validate(context: DriverValidateContext): Promise<Problem[]> {
    return validateSpec(context, this.options.placements.instances);
  }

  async declaredOutputs(
    component: DriverValidateContext['component'],
  ): Promise<string[] | undefined> {
    return declaredOutputs(component);
  }

  async plan(
    context: DriverContext,
    purpose: PlanPurpose,
  ): Promise<DriverPlan> {
    return this.#work(context, async () => {
      const plans = new SavedPlans(context.component.folder);
      await plans.clear();
      const { plan, saved } = await this.#planned(context, purpose);
      await plans.keep(saved);
      return plan;
    });
  }

  async apply(context: DriverContext, hash: string): Promise<DriverApplied> {
    return this.#work(context, async () => {
      const spec = await specOf(context);
      const located = await this.#locateToMake(context, spec);
      const plans = new SavedPlans(context.component.folder);
      return applyPlan(located, spec, plans, hash);
    });
  }

  async destroy(context: DriverContext): Promise<void> {
    await this.#work(context, async () =>
      destroy(await this.#locate(context), await specIfAny(context)),
    );
  }

  async prove(context: DriverContext): Promise<DriverProof> {
    return this.#work(context, async () =>
      prove(await this.#locate(context), await specIfAny(context)),
    );
  }

  async #planned(
    context: DriverContext,
    purpose: PlanPurpose,
  ): Promise<Planned> {
    if (purpose === 'destroy') return planDestroy(await this.#locate(context));
    const spec = await specOf(context);
    // What was never applied has no drift, so nothing is taken over for that.
    return purpose === 'adopt'
      ? planAdopt(
          await this.#locateToMake(context, { instance: spec.instance }),
        )
      : planApply(await this.#locateToMake(context, spec), spec);
  }

  /** One Argo CD that is away must not keep others from being used. */
  async #locateToMake(
    context: DriverContext,
    { instance, takeOver }: Pick<ComponentSpec, 'instance' | 'takeOver'>,
  ): Promise<Located> {
    const usual = siteOf(context, instance, this.options);
    const located = await locate(usual, this.options, { passOver: true });
    return !takeOver || located.current
      ? located
      : siteToTakeOver(located.site, takeOver);
  }

  async #locate(context: DriverContext): Promise<Located> {
    const instance = await readInstance(context.component);
    return locate(siteOf(context, instance, this.options), this.options);
  }

  async #work<T>(context: DriverContext, work: () => Promise<T>): Promise<T> {
    const { component, signal } = context;
    try {
      signal.throwIfAborted();
      return await work();
    } catch (error) {
      throw driverFailure(error, { component: component.id, signal });
    }
  }
}

/** What can't be read is gone all the same. */
async function specIfAny({
  component,
}: DriverContext): Promise<ComponentSpec | undefined> {
  const { sourcePath } = component;
  const read = await readSpec(component, sourcePath, { expressions: false });
  return 'spec' in read ? read.spec : undefined;
}

async function specOf({ component }: DriverContext): Promise<ComponentSpec> {
  const { sourcePath } = component;
  const read = await readSpec(component, sourcePath, { expressions: false });
  if ('spec' in read) return read.spec;
  const [problem, ...more] = read.problems;
  throw new DriverError({
    ...problem,
    ...(more.length > 0 && {
      detail: read.problems.map(({ message }) => message).join('\n'),
    }),
  });
}
