import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PlanPurpose } from '@greenroom/plugin-environments-common';

const UNFINISHED = 'unfinished';

/** The saved plan of one work folder: at most one at a time, applied at most once. */
export class SavedPlans {
  constructor(private readonly directory: string) {}

  /**
   * Where the tool writes the next plan. The one before is gone from here on: it must not be
   * applied when the new one fails, nor the incomplete one that both tools write then.
   */
  async begin(): Promise<string> {
    await rm(this.directory, { recursive: true, force: true });
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    return join(this.directory, UNFINISHED);
  }

  async keep(purpose: PlanPurpose, hash: string): Promise<void> {
    await rename(
      join(this.directory, UNFINISHED),
      join(this.directory, `${purpose} ${hash}`),
    );
  }

  /** @param hash - absent: whatever plan for that purpose is there */
  async has(purposes: PlanPurpose[], hash?: string): Promise<boolean> {
    return (await this.#find(purposes, hash)) !== undefined;
  }

  /**
   * Takes a plan for one try, for good: what died in the middle of an apply must be planned
   * again, or everything would be made a second time.
   *
   * @returns the plan's file; undefined when it is not there, or somebody else was faster
   */
  async take(
    purposes: PlanPurpose[],
    hash?: string,
  ): Promise<string | undefined> {
    const name = await this.#find(purposes, hash);
    if (name === undefined) return undefined;
    const taken = join(this.directory, 'taken');
    try {
      await rename(join(this.directory, name), taken);
      return taken;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async #find(
    purposes: PlanPurpose[],
    hash?: string,
  ): Promise<string | undefined> {
    const names = await readdir(this.directory).catch(() => []);
    return names.find(name =>
      purposes.some(purpose =>
        hash === undefined
          ? name.startsWith(`${purpose} `)
          : name === `${purpose} ${hash}`,
      ),
    );
  }
}
