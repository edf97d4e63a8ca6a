import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BlueprintService } from '../../blueprints/service';

/**
 * Where the operations of one environment work on this machine: one folder per component, since
 * two may share a source and drivers write into it.
 *
 * It goes with the environment, not with the operation or the claim. A worker that was killed may
 * leave a tool running there, or a state that could not be saved; the next attempt finds both,
 * and so does the destroy after a failed create. Only an operation that succeeded leaves nothing
 * worth keeping.
 */
export class WorkFolder {
  readonly #made = new Map<string, Promise<string>>();

  constructor(
    private readonly options: {
      workDirectory: string;
      environmentId: string;
      blueprints: Pick<BlueprintService, 'materialise'>;
    },
  ) {}

  /**
   * The whole snapshot as one component sees it, written at the first call and kept warm after. Of
   * an upgrade's component there may be two: the one it was made of, and the one it is to become.
   */
  async ofComponent(
    component: string,
    snapshotDigest: string,
    signal: AbortSignal,
  ): Promise<string> {
    const folder = join(this.#root, component, snapshotDigest.slice(0, 16));
    const made =
      this.#made.get(folder) ?? this.#make(folder, snapshotDigest, signal);
    this.#made.set(folder, made);
    return made;
  }

  async remove(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }

  get #root(): string {
    const { workDirectory, environmentId } = this.options;
    return join(workDirectory, environmentId);
  }

  async #make(
    folder: string,
    snapshotDigest: string,
    signal: AbortSignal,
  ): Promise<string> {
    const { blueprints } = this.options;
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    await blueprints.materialise({ snapshotDigest, folder, signal });
    return folder;
  }
}

const ENVIRONMENT_FOLDER = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Removes the folders of environments that are gone: they were left on this machine when a worker
 * on another one went on with their operations.
 */
export async function tidyWorkDirectory(
  workDirectory: string,
  isGone: (environmentIds: string[]) => Promise<string[]>,
): Promise<void> {
  await mkdir(workDirectory, { recursive: true, mode: 0o700 });
  const names = await readdir(workDirectory);
  const ids = names.filter(name => ENVIRONMENT_FOLDER.test(name));
  for (const id of await isGone(ids)) {
    await rm(join(workDirectory, id), { recursive: true, force: true });
  }
}
