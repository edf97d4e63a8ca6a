import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import {
  ArgocdClient,
  ArgocdInstanceConfig,
  ArgocdInstances,
} from '@greenroom/plugin-argocd-node';
import {
  ArgocdUnderTest,
  GitRepository,
} from '@greenroom/plugin-argocd-node/testing';
import { JsonObject } from '@greenroom/plugin-environments-common';
import { DriverContractFixtures } from '@greenroom/plugin-environments-node/contract-kit';
import { follow } from '../application/follow';
import { ENVIRONMENT_LABEL, isRehearsal } from '../application/names';
import { orUndefined } from '../application/orUndefined';
import { terminate } from '../application/terminate';
import { Placements } from '../config';
import { ArgocdDriver } from '../driver';
import { SPEC_FILE } from '../spec/file';
import { FILES } from './manifests';

export const PROJECT = 'default';

/** A namespace takes Kubernetes six seconds to remove. */
const HERE = { namespace: 'default', createNamespace: false };

/** A driver, and what tests of it need besides, on one Argo CD for a whole file of tests. */
export class DriverStage {
  static async open(argocd: ArgocdUnderTest): Promise<DriverStage> {
    const repository = await GitRepository.make(argocd.git, 'driver');
    const commit = await repository.commit(FILES);
    return new DriverStage(argocd, repository, commit);
  }

  readonly client: ArgocdClient;
  readonly driver: ArgocdDriver;
  readonly #instances: ArgocdInstances[] = [];

  private constructor(
    readonly argocd: ArgocdUnderTest,
    readonly repository: GitRepository,
    readonly commit: string,
  ) {
    this.client = new ArgocdClient(argocd.config);
    this.driver = this.driverWith({});
  }

  /** A driver that is configured in another way. */
  driverWith(other: {
    url?: string;
    token?: string;
    project?: string;
    /** Address of a second instance, which is told of after the first one. */
    beside?: string;
    /** Instances besides. */
    more?: ArgocdInstanceConfig[];
    placements?: JsonObject[];
  }) {
    const own = this.argocd.config;
    const first = {
      ...instanceOf(own),
      ...(other.token && { token: other.token }),
      ...(other.url && { url: other.url }),
    };
    const beside = { ...first, name: 'beside', url: other.beside };
    const all = [
      first,
      ...(other.beside ? [beside] : []),
      ...(other.more ?? []).map(instanceOf),
    ];
    const placements = other.placements ?? [
      { project: other.project ?? PROJECT },
      ...(other.beside ? [{ project: PROJECT, instance: 'beside' }] : []),
    ];
    const config = new ConfigReader({
      argocd: {
        appLocatorMethods: [{ type: 'config', instances: all }],
      },
      environments: { argocd: { placements } },
    });
    const instances = ArgocdInstances.fromConfig(config);
    this.#instances.push(instances);
    return new ArgocdDriver({
      instances,
      placements: Placements.fromConfig(config, instances.names)!,
    });
  }

  async close(): Promise<void> {
    await this.client.close();
    await Promise.all(this.#instances.map(one => one.close()));
  }

  /** Applications of an environment, those of plans included. */
  async applicationsOf(environment: string) {
    const selector = `${ENVIRONMENT_LABEL}=${environment}`;
    return this.client.listApplications({ projects: [PROJECT], selector });
  }

  /** The same of all environments. */
  async applications() {
    const selector = 'app.kubernetes.io/managed-by=greenroom';
    return this.client.listApplications({ projects: [PROJECT], selector });
  }

  /** Writes a component's file; its manifests are in `path` of the repository. */
  source(path: string, more = '') {
    return {
      with: {},
      write: (folder: string) =>
        writeFile(
          join(folder, SPEC_FILE),
          `source:\n  repoURL: ${this.repository.url}\n  path: ${path}\n  targetRevision: main\n${more}`,
        ),
    };
  }

  /** Writes a component's file that says just this. */
  spec(spec: JsonObject) {
    return {
      write: (folder: string) =>
        writeFile(
          join(folder, SPEC_FILE),
          JSON.stringify({ ...HERE, ...spec }, null, 2),
        ),
    };
  }

  /** What a ConfigMap of the cluster says; undefined while there is none. */
  async configMap(name: string) {
    const place = `/api/v1/namespaces/${HERE.namespace}/configmaps/${name}`;
    return (await this.argocd.cluster.get(place))?.data;
  }

  /** Everything that Argo CD and Kubernetes say of the applications of all environments. */
  async everythingSaid() {
    return Promise.all(
      (await this.applications()).map(async ({ name }) => {
        const ref = { name, project: PROJECT };
        return Promise.all(
          [
            this.client.application(ref),
            this.client.managedResources(ref),
            // The stand-in has none.
            this.client.kubernetesEvents(ref),
            // One that was listed may have been on its way out.
          ].map(answer => orUndefined<unknown>(answer)),
        );
      }),
    );
  }

  /** Follows the application of an environment until it is as wanted. */
  async until(environment: string, sync: 'OutOfSync' | 'Synced') {
    const found = await this.applicationsOf(environment);
    const { name } = found.find(({ labels }) => !isRehearsal(labels))!;
    const { signal } = new AbortController();
    await follow(
      this.client,
      { name, project: PROJECT },
      { signal, withinMs: 30_000 },
      one => (one?.status.sync.status === sync ? true : undefined),
    );
  }

  async terminateAll(): Promise<void> {
    for (const { name } of await this.applications())
      await terminate(this.client, { name, project: PROJECT });
  }

  /** Takes away what a test has left, and waits until it is gone. */
  async cleanUp(): Promise<void> {
    await this.terminateAll();
    for (const { name } of await this.applications()) {
      const ref = { name, project: PROJECT };
      await this.client
        .deleteApplication(ref, { cascade: true })
        .catch(() => {});
    }
    for (const { name } of await this.applications()) {
      const ref = { name, project: PROJECT };
      const { signal } = new AbortController();
      await follow(this.client, ref, { signal, withinMs: 30_000 }, one =>
        one ? undefined : true,
      );
    }
  }
}

/** As the configuration says it. */
function instanceOf({
  credentials,
  name,
  url,
  ca,
  requestsPerSecond,
}: ArgocdInstanceConfig) {
  return { ...credentials, ...(ca && { ca }), name, requestsPerSecond, url };
}

/** What the driver contract is tried on. */
export function contractFixtures(
  stage: DriverStage,
  namespace: { name: string; own: boolean },
): DriverContractFixtures {
  const { argocd, driver } = stage;
  const { cluster } = argocd;
  const objects = `/api/v1/namespaces/${namespace.name}/configmaps`;
  const shared = 'namespace: default\ncreateNamespace: false\n';
  const place = `namespace: ${namespace.name}\ncreateNamespace: ${namespace.own}\n`;
  const shown = (value: string | string[]) => ({ value, sensitive: false });
  return {
    driver,
    good: {
      ...stage.source(
        'good/one',
        `${place}outputs:\n  value: { resource: { kind: ConfigMap, name: settings }, path: data.value }\n`,
      ),
      outputs: {
        namespace: shown(namespace.name),
        revision: shown(stage.commit),
        images: shown([]),
        urls: shown(['https://shop.example.com']),
        value: shown('1'),
      },
      resources: [
        { address: 'Application', type: 'argoproj.io/Application' },
        { address: 'ConfigMap/settings', type: 'ConfigMap' },
        ...(namespace.own
          ? [{ address: `Namespace/${namespace.name}`, type: 'Namespace' }]
          : []),
      ],
      changedWith: { source: { path: 'good/two' } },
      changed: {
        address: 'ConfigMap/settings',
        path: 'data.value',
        before: '1',
        after: '2',
      },
    },
    secret: {
      ...stage.source('secret', place),
      path: 'data.password',
      value: 'open-sesame',
    },
    bad: {
      ...stage.source('good/one', 'nonsense: true\n'),
      place: { file: `things/one/${SPEC_FILE}`, line: 5 },
    },
    failing: { ...stage.source('failing', shared), message: /Not_A_Name/ },
    slow: {
      ...stage.source('slow', shared),
      begun: /Hook PreSync Pod\/endless is Running/,
      made: 'Application',
    },
    stubborn: {
      ...stage.source('stubborn', shared),
      begun: /ConfigMap\/held is held by its finalizer example.com\/hold/,
      hurry: () =>
        cluster.patch('/api/v1/namespaces/default/configmaps/held', {
          metadata: { finalizers: null },
        }),
    },
    kill: () => stage.terminateAll(),
    state: () => ({
      address: '',
      lockAddress: '',
      unlockAddress: '',
      username: '',
      password: '',
    }),
    freeLock: () => {},
    exists: async name => (await stage.applicationsOf(name)).length > 0,
    drift: async name => {
      await cluster.patch(`${objects}/settings`, {
        data: { value: 'by hand' },
      });
      await stage.until(name, 'OutOfSync');
    },
    look: async () => ({
      settings: (await cluster.get(`${objects}/settings`))?.data,
      applications: (await stage.applications()).map(({ spec }) => spec),
    }),
    cleanUp: () => stage.cleanUp(),
  };
}
