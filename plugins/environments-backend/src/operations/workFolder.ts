import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BlueprintService } from '../blueprints/service';

/**
 * The folder that one operation works in, below the worker's own, under the fence of its claim:
 * a late process of an older claim keeps writing into its own folder and disturbs nobody.
 */
export class WorkFolder {
  readonly #root: string;
  readonly #made = new Map<string, Promise<string>>();

  constructor(
    private readonly options: {
      workDirectory: string;
      operationId: string;
      fence: number;
      snapshotDigest: string;
      blueprints: Pick<BlueprintService, 'materialise'>;
    },
  ) {
    const { workDirectory, operationId, fence } = options;
    this.#root = join(workDirectory, `${operationId}-${fence}`);
  }

  /**
   * The snapshot as one component sees it, written at the first call and kept warm after. Each
   * component has a copy of its own, since two may share a source and drivers write into it.
   */
  async ofComponent(component: string, signal: AbortSignal): Promise<string> {
    const made = this.#made.get(component) ?? this.#make(component, signal);
    this.#made.set(component, made);
    return made;
  }

  async remove(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }

  async #make(component: string, signal: AbortSignal): Promise<string> {
    const { blueprints, snapshotDigest } = this.options;
    const folder = join(this.#root, component);
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    await blueprints.materialise({ snapshotDigest, folder, signal });
    return folder;
  }
}
