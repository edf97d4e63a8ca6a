import { Account } from '../accounts';
import { Refusal } from '../refusal';
import { Sandbox } from '../sandbox';

const CLUSTER = {
  name: 'in-cluster',
  server: 'https://kubernetes.default.svc',
};

/** The calls on what applications need: projects, the cluster, repositories. */
export class ProjectCalls {
  constructor(private readonly sandbox: Sandbox) {}

  list(account: Account) {
    return this.sandbox.projects
      .filter(name => account.projects?.includes(name) ?? true)
      .map(name => this.get(account, name));
  }

  get(
    { projects }: Account,
    name: string,
    missing = `appprojects.argoproj.io "${name}" not found`,
  ) {
    if (projects && !projects.includes(name))
      throw new Refusal(403, 7, 'permission denied');
    if (!this.sandbox.projects.includes(name))
      throw new Refusal(404, 5, missing);
    return {
      metadata: { name, namespace: 'argocd' },
      spec: {
        sourceRepos: ['*'],
        destinations: [{ server: '*', namespace: '*' }],
        clusterResourceWhitelist: [{ group: '*', kind: '*' }],
        ...(this.sandbox.orphansIn.includes(name) && {
          orphanedResources: { warn: false },
        }),
      },
    };
  }

  /** The same from where Argo CD keeps it ready, which has other words for one that is not there. */
  detailed(account: Account, name: string) {
    const missing = `error getting app project "${name}": appproject.argoproj.io "${name}" not found`;
    return { project: this.get(account, name, missing) };
  }

  /** The only one, which there is not. */
  clusters() {
    const isUsed = this.sandbox.list({ name: 'anybody' }, []).length > 0;
    const connectionState = isUsed
      ? { status: 'Successful', message: 'A stand-in: nothing is deployed' }
      : {
          status: 'Unknown',
          message: 'Cluster has no applications and is not being monitored.',
        };
    return [
      {
        ...CLUSTER,
        connectionState,
        serverVersion: 'stand-in',
        info: { connectionState, serverVersion: 'stand-in' },
      },
    ];
  }

  /** Those that it was given; all others it reads without being told of them. */
  repositories() {
    return this.sandbox.repositories.map(repo => ({
      repo,
      type: 'git',
      connectionState: { status: 'Successful' },
    }));
  }
}
