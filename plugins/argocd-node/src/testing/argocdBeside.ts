import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RealArgocd } from './realArgocd';

/** A second real Argo CD, on a cluster of its own, for one file of tests. It ends with this process at the latest. */
export class ArgocdBeside {
  /** @param first - the one that is up: the other is made of the same programs */
  static async start(first: RealArgocd): Promise<ArgocdBeside> {
    const folder = await mkdtemp(join(tmpdir(), 'argocd-beside-'));
    const [main, programs] = first.settings.start;
    const child = fork(main, [programs, folder], {
      // Nothing that Jest was started with.
      ...{ execArgv: [], env: { PATH: process.env.PATH } },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [word] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit'),
    ]);
    if (word !== 'ready') {
      await rm(folder, { recursive: true });
      throw new Error(`The second Argo CD did not start: exit code ${word}`);
    }
    const settings = readFileSync(join(folder, 'settings.json'), 'utf8');
    const argocd = new RealArgocd(JSON.parse(settings));
    return new ArgocdBeside(argocd, child, folder);
  }

  private constructor(
    readonly argocd: RealArgocd,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  async close(): Promise<void> {
    await this.argocd.cluster.close();
    if (this.child.exitCode === null) {
      const ended = once(this.child, 'exit');
      this.child.disconnect();
      await ended;
    }
    await rm(this.folder, { recursive: true });
  }
}
