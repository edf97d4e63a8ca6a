import { access, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  JsonObject,
  PlanPurpose,
  Problem,
} from '@greenroom/plugin-environments-common';
import {
  DriverContext,
  DriverPlan,
  DriverResource,
} from '@greenroom/plugin-environments-node';
import {
  PlanMode,
  TerraformCommandError,
  TerraformEvent,
  TerraformRun,
  TerraformRunner,
} from '@greenroom/plugin-terraform-node';
import { prepareModules } from '../source/modules';
import { LOCK_FILE } from '../source/pins';
import {
  assertOwnBackend,
  backendEnvironment,
  writeBackendOverride,
} from '../state/backend';
import { readState } from '../state/readState';
import { parseState, resourcesOf } from '../state/stateDocument';
import { logLines } from './logLines';
import { madeBy } from './made';
import { driverPlan } from './planned';
import { SavedPlans } from './savedPlans';

/** Written by both tools beside the module when the backend refuses the state at the end of a run. */
const UNSAVED_STATE = 'errored.tfstate';

/** The first lines of both tools' complaints about a plan that is not true any more. */
const STALE = /saved plan (is stale|does not match the given state)/i;

/** Both tools' words for a provider that is not the one of the lock file. */
const CHECKSUM = /match any of the checksums/;

const MODES: Record<PlanPurpose, PlanMode> = {
  apply: 'normal',
  destroy: 'destroy',
  adopt: 'refresh-only',
};

const nameOf = ({ address, externalId }: DriverResource) =>
  [address, externalId].filter(Boolean).join(' ');

/** One component's folder during one call of the driver: initialised once, kept warm after. */
export class WorkFolder {
  readonly plans: SavedPlans;
  readonly varFile: string;
  readonly run: TerraformRun;

  constructor(
    private readonly runner: TerraformRunner,
    private readonly context: DriverContext,
  ) {
    const { folder } = context.component;
    this.plans = new SavedPlans(runner.fileIn(folder, 'plans'));
    this.varFile = runner.fileIn(folder, 'variables.tfvars.json');
    this.run = {
      folder,
      environment: backendEnvironment(context.state),
      signal: context.signal,
      onEvent: (event, stream) => {
        // First of all: it is the only word of what the tool may never write down.
        this.#tell(event);
        logLines(event, stream).forEach(context.log);
      },
    };
  }

  /** Waits for what a dead worker may have left running here, and hears what it has made. */
  async settle(): Promise<void> {
    const { folder } = this.context.component;
    const onEvent = (event: TerraformEvent) => this.#tell(event);
    if (await this.runner.settleEarlierRun({ folder, onEvent }))
      this.say('Waited for the tool of an earlier attempt to end');
  }

  /**
   * Makes the folder ready for plan, apply and destroy, and saves what an earlier run could not.
   *
   * @param removal - what is there is to be removed: where the providers that it was published with
   *   are not to be had any more, others that fit do
   * @returns resources that an earlier run made and that can no longer be saved: nearly always none
   */
  async initialise({ removal = false } = {}): Promise<DriverResource[]> {
    const { folder, id } = this.context.component;
    const { fingerprint } = this.runner;
    const mark = this.runner.fileIn(folder, 'initialised');
    await this.runner.prepare(folder);
    await writeBackendOverride(folder);
    if ((await readFile(mark, 'utf8').catch(() => '')) !== fingerprint) {
      const { providersPinned } = await prepareModules(
        this.context.component,
        this.runner.tool.product,
      );
      try {
        await this.#init(providersPinned ? 'held' : 'written');
      } catch (error) {
        if (!removal || !providersPinned || !isOutOfReach(error)) throw error;
        this.say(
          'The providers that it was published with are not to be had any more: removing by others that fit',
          'warning',
        );
        await rm(join(folder, LOCK_FILE));
        await this.#init('written');
      }
      await assertOwnBackend(folder, id);
      await writeFile(mark, fingerprint);
    }
    return this.#saveUnsaved();
  }

  /** Readable by this account alone: values may be secrets. */
  async writeValues(values: JsonObject): Promise<void> {
    await rm(this.varFile, { force: true });
    await writeFile(this.varFile, JSON.stringify(values), { mode: 0o600 });
  }

  /** Makes a new plan in place of an older one, and keeps it. */
  async plan(purpose: PlanPurpose): Promise<DriverPlan> {
    const out = await this.plans.begin();
    const { hasChanges } = await this.runner.plan(this.run, {
      out,
      varFile: this.varFile,
      mode: MODES[purpose],
    });
    const document = await this.runner.showPlan(this.run, out);
    const plan = driverPlan(document, purpose, hasChanges);
    await this.plans.keep(purpose, plan.hash);
    return plan;
  }

  /** @returns false when the state has moved since the plan was made; nothing is changed then */
  async apply(planFile: string): Promise<boolean> {
    try {
      await this.runner.apply(this.run, { planFile });
      return true;
    } catch (error) {
      const isStale =
        error instanceof TerraformCommandError &&
        error.diagnostics.some(({ summary }) => STALE.test(summary));
      if (isStale) return false;
      throw error;
    } finally {
      // It holds the values of all variables.
      await rm(planFile, { force: true });
    }
  }

  /** Why nothing good can come of an apply while these resources stand. */
  lostProblem(lost: DriverResource[]): Problem {
    const { id } = this.context.component;
    return {
      code: 'terraform.state.lost',
      message: `An earlier attempt on component "${id}" made resources that no state lists, and the state has moved on since`,
      component: id,
      detail: lost.map(nameOf).join('\n'),
      remedy: `Remove these resources by hand, then delete ${this.#unsaved} on the worker`,
    };
  }

  async hasUnsavedState(): Promise<boolean> {
    return access(this.#unsaved).then(
      () => true,
      () => false,
    );
  }

  get #unsaved() {
    return join(this.context.component.folder, UNSAVED_STATE);
  }

  async #init(lock: 'held' | 'written'): Promise<void> {
    await this.runner.init(this.run, {
      backend: true,
      modules: 'installed',
      lock,
    });
  }

  /** @returns what the unsaved state lists and the saved one never will, since it has moved on */
  async #saveUnsaved(): Promise<DriverResource[]> {
    if (!(await this.hasUnsavedState())) return [];
    const unsaved = parseState(await readFile(this.#unsaved, 'utf8'));
    const saved = await readState(this.context);
    const known = new Set((saved ? resourcesOf(saved) : []).map(nameOf));
    const more = (unsaved ? resourcesOf(unsaved) : []).filter(
      resource => !known.has(nameOf(resource)),
    );
    if (unsaved && (!saved || unsaved.serial > saved.serial)) {
      await this.runner.pushState(this.run, { stateFile: this.#unsaved });
      this.say(
        `Saved the state that an earlier attempt could not save (${more.length} resources more)`,
      );
    } else if (more.length > 0) {
      return more;
    }
    await rm(this.#unsaved);
    return [];
  }

  #tell(event: TerraformEvent): void {
    const made = madeBy(event);
    if (made) this.context.made(made);
  }

  say(text: string, level: 'info' | 'warning' = 'info'): void {
    this.context.log({ stream: 'greenroom', level, text });
  }
}

/** A provider with another checksum than the one on record may be anything, and is never run. */
function isOutOfReach(error: unknown): boolean {
  return (
    error instanceof TerraformCommandError &&
    !error.killedBy &&
    error.diagnostics.length > 0 &&
    !error.diagnostics.some(({ detail }) => CHECKSUM.test(detail ?? ''))
  );
}
