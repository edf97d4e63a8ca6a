import { Config } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import { ArgocdClient } from './client';
import { readArgocdConfig } from './config';

/** The instances of the configuration, a client each. */
export class ArgocdInstances {
  static fromConfig(config: Config): ArgocdInstances {
    return new ArgocdInstances(
      readArgocdConfig(config).map(instance => new ArgocdClient(instance)),
    );
  }

  private constructor(private readonly clients: ArgocdClient[]) {}

  get names(): string[] {
    return this.clients.map(({ instance }) => instance);
  }

  /** @throws NotFoundError that says which there are */
  get(name: string): ArgocdClient {
    const found = this.clients.find(({ instance }) => instance === name);
    if (!found)
      throw new NotFoundError(
        `There is no Argo CD instance "${name}". ${this.names.length > 0 ? `The configuration names: ${this.names.join(', ')}` : 'List it in argocd.appLocatorMethods of the configuration'}`,
      );
    return found;
  }

  async close(): Promise<void> {
    await Promise.all(this.clients.map(client => client.close()));
  }
}
