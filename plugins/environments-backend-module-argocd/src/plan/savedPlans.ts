import {
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { ArgocdApplicationSpec } from '@greenroom/plugin-argocd-node';
import {
  PlanPurpose,
  ResourceChange,
} from '@greenroom/plugin-environments-common';

/** What an apply needs to know to do what was planned, and nothing else. */
export interface SavedPlan {
  purpose: PlanPurpose;
  hash: string;
  /** What the application was when the plan was made. */
  mark: string;
  hasChanges: boolean;
  changes: Pick<ResourceChange, 'address' | 'action'>[];
  /** The application as it is to be; absent for what changes nothing. */
  spec?: ArgocdApplicationSpec;
  /** What the drift was that an adopt takes for good. */
  drift?: string;
}

/** The saved plan of one work folder: at most one at a time, applied at most once. */
export class SavedPlans {
  readonly #directory: string;

  constructor(folder: string) {
    this.#directory = join(folder, '.greenroom', 'argocd-plans');
  }

  /** The plan before is gone from here on: it must not be applied when the new one fails. */
  async clear(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
  }

  async keep(plan: SavedPlan): Promise<void> {
    const unfinished = join(this.#directory, 'unfinished');
    await writeFile(unfinished, JSON.stringify(plan), { mode: 0o600 });
    await rename(unfinished, this.#file(plan.hash));
  }

  /** @returns undefined when there is no such plan */
  async find(hash: string): Promise<SavedPlan | undefined> {
    const names = await readdir(this.#directory).catch((): string[] => []);
    if (!names.includes(`plan-${hash}`)) return undefined;
    return JSON.parse(await readFile(this.#file(hash), 'utf8'));
  }

  /**
   * Takes a plan for one try, for good.
   *
   * @returns whether it was there to be taken
   */
  async take(hash: string): Promise<boolean> {
    try {
      await rename(this.#file(hash), join(this.#directory, 'taken'));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  }

  #file(hash: string): string {
    return join(this.#directory, `plan-${hash}`);
  }
}
