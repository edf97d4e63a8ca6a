import { access, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JsonObject } from '@greenroom/plugin-environments-common';
import {
  DriverContext,
  DriverError,
} from '@greenroom/plugin-environments-node';
import {
  TerraformRun,
  TerraformRunner,
} from '@greenroom/plugin-terraform-node';
import {
  assertOwnBackend,
  backendEnvironment,
  writeBackendOverride,
} from '../state/backend';
import { readState } from '../state/readState';
import { parseState, resourcesOf } from '../state/stateDocument';
import { logLines } from './logLines';

/** Written by both tools beside the module when the backend refuses the state at the end of a run. */
const UNSAVED_STATE = 'errored.tfstate';

/** One component's folder during one call of the driver: initialised once, kept warm after. */
export class WorkFolder {
  readonly planFile: string;
  readonly varFile: string;
  readonly run: TerraformRun;

  constructor(
    private readonly runner: TerraformRunner,
    private readonly context: DriverContext,
  ) {
    const { folder } = context.component;
    this.planFile = runner.fileIn(folder, 'plan');
    this.varFile = runner.fileIn(folder, 'variables.tfvars.json');
    this.run = {
      folder,
      environment: backendEnvironment(context.state),
      signal: context.signal,
      onEvent: (event, stream) => logLines(event, stream).forEach(context.log),
    };
  }

  /** Waits for what a dead worker may have left running here. */
  async settle(): Promise<void> {
    const { folder } = this.context.component;
    if (await this.runner.settleEarlierRun(folder))
      this.#say('Waited for the tool of an earlier attempt to end');
  }

  /** Makes the folder ready for plan, apply and destroy, and saves what an earlier run could not. */
  async initialise(): Promise<void> {
    const { folder, id } = this.context.component;
    const { product, version } = this.runner.tool;
    const doneBy = `${product} ${version}`;
    const mark = this.runner.fileIn(folder, 'initialised');
    await this.runner.prepare(folder);
    await writeBackendOverride(folder);
    if ((await readFile(mark, 'utf8').catch(() => '')) !== doneBy) {
      await this.runner.init(this.run, { backend: true });
      await assertOwnBackend(folder, id);
      await writeFile(mark, doneBy);
    }
    await this.#saveUnsaved();
  }

  /** Readable by this account alone: values may be secrets. */
  async writeValues(values: JsonObject): Promise<void> {
    await rm(this.varFile, { force: true });
    await writeFile(this.varFile, JSON.stringify(values), { mode: 0o600 });
  }

  /**
   * Takes the plan that was made here last, for one try: after a crash in the middle of an
   * apply the next attempt must plan again, or it would make everything a second time.
   */
  async takePlan(): Promise<string | undefined> {
    const taken = `${this.planFile}.applying`;
    try {
      await rename(this.planFile, taken);
      return taken;
    } catch {
      return undefined;
    }
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

  async #saveUnsaved() {
    if (!(await this.hasUnsavedState())) return;
    const { component } = this.context;
    const text = await readFile(this.#unsaved, 'utf8');
    const unsaved = parseState(text);
    const saved = await readState(this.context);
    const known = new Set(
      (saved ? resourcesOf(saved) : []).map(
        r => `${r.address} ${r.externalId}`,
      ),
    );
    const lost = (unsaved ? resourcesOf(unsaved) : []).filter(
      r => !known.has(`${r.address} ${r.externalId}`),
    );
    if (unsaved && (!saved || unsaved.serial > saved.serial)) {
      await this.runner.pushState(this.run, { stateFile: this.#unsaved });
      this.#say(
        `Saved the state that an earlier attempt could not save (${lost.length} resources more)`,
      );
    } else if (lost.length > 0) {
      throw new DriverError({
        code: 'terraform.state.unsaved',
        message: `An earlier attempt on component "${component.id}" made resources that no state lists, and the state has changed since`,
        component: component.id,
        detail: lost.map(r => `${r.address} ${r.externalId ?? ''}`).join('\n'),
        remedy: `Remove these resources by hand, then delete ${this.#unsaved} on the worker`,
      });
    }
    await rm(this.#unsaved);
  }

  #say(text: string) {
    this.context.log({ stream: 'greenroom', level: 'info', text });
  }
}
