import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContractComponent, DriverContractFixtures } from './fixtures';
import { Trial } from './trial';

/** What one test of the contract works with. */
export class Stage {
  #count = 0;

  private constructor(
    readonly fixtures: DriverContractFixtures,
    private readonly root: string,
  ) {}

  static async open(
    fixtures: () => Promise<DriverContractFixtures>,
  ): Promise<Stage> {
    const root = await mkdtemp(join(tmpdir(), 'driver-contract-'));
    return new Stage(await fixtures(), root);
  }

  async close(): Promise<void> {
    await this.fixtures.cleanUp();
    await rm(this.root, { recursive: true, force: true });
  }

  /** A component of a new environment, with a worker that calls the driver for it. */
  async trialOf(component: ContractComponent): Promise<Trial> {
    const folder = await this.folderFor(component);
    return new Trial(
      `environment-${++this.#count}`,
      folder,
      this.fixtures,
      component,
    );
  }

  /** A fresh copy of its source. */
  async folderFor(component: ContractComponent): Promise<string> {
    const folder = join(this.root, `folder-${++this.#count}`);
    await mkdir(folder);
    await component.write(folder);
    return folder;
  }
}
