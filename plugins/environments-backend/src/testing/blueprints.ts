import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { componentGraph } from '@greenroom/plugin-environments-common';
import { FaultScript } from '@greenroom/plugin-environments-node/contract-kit';
import { AuditStore } from '../audit/store';
import { BlueprintPublisher } from '../blueprints/publish';
import { BlueprintService } from '../blueprints/service';
import { createSourcePackages } from '../blueprints/sources/create';
import { BlueprintStore } from '../blueprints/store/blueprints';
import { SnapshotStore } from '../blueprints/store/snapshots';
import { SourceStore } from '../blueprints/store/sources';
import { VersionStore } from '../blueprints/store/versions';
import { BlueprintValidator } from '../blueprints/validate';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentUsage } from '../environments/usage';
import { IdMaker } from '../ids';
import { DriverRegistry } from '../operations/run/drivers';
import { testInputVault } from './keyring';

/** Two components in a row, and one beside them; the first gives a secret. */
export const SHOP_BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: shop, title: Shop}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs:
    type: object
    required: [size]
    properties:
      size: {type: string, enum: [small, large]}
      pages: {type: integer, default: 3}
  components:
    database:
      driver: fault
      source: ./database
      with: {size: '\${{ inputs.size }}'}
    app:
      driver: fault
      source: ./app
      with:
        name: '\${{ environment.slug }}'
        url: '\${{ components.database.outputs.url }}'
        password: '\${{ components.database.outputs.password }}'
    docs:
      driver: fault
      source: ./docs
      with: {pages: '\${{ inputs.pages }}'}
  outputs:
    url: {title: Open the shop, value: '\${{ components.app.outputs.url }}'}
    password: {title: Password, value: '\${{ components.database.outputs.password }}'}
  ttl: {default: 1h, max: 2h, warnBefore: [10m]}
`;

export const ONE_COMPONENT_BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: single, title: Single}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs: {type: object, properties: {}}
  components:
    site: {driver: fault, source: ./site, with: {}}
  outputs: {}
  ttl: {default: 2m}
`;

/** A chain of three, two of which can be paused, with a fourth under a condition. */
export const LAB_BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: lab, title: Lab}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs:
    type: object
    properties:
      zone: {type: string, default: a}
      size: {type: string, default: small}
      color: {type: string, default: red}
      cache: {type: boolean, default: false}
  components:
    network:
      driver: fault
      source: ./network
      with: {zone: '\${{ inputs.zone }}'}
    database:
      driver: fault
      source: ./database
      with: {size: '\${{ inputs.size }}', network: '\${{ components.network.outputs.id }}'}
      pause: {with: {size: none}}
    app:
      driver: fault
      source: ./app
      with: {color: '\${{ inputs.color }}', url: '\${{ components.database.outputs.url }}'}
      pause: {with: {replicas: 0}}
    cache:
      driver: fault
      source: ./cache
      when: '\${{ inputs.cache }}'
      with: {network: '\${{ components.network.outputs.id }}'}
  outputs:
    url: {title: Open the lab, value: '\${{ components.app.outputs.url }}'}
  ttl: {default: 1h}
`;

/** What the lab's components give, each by what it was given. */
export const LAB_SCRIPTS = {
  network: {
    outputs: given => ({
      id: { value: `net-${given.zone}`, sensitive: false },
    }),
  },
  database: {
    outputs: given => ({
      url: { value: `db-${given.size}@${given.network}`, sensitive: false },
    }),
  },
  app: {
    outputs: given => ({
      url: { value: `http://${given.color}`, sensitive: false },
    }),
  },
} satisfies Record<string, FaultScript>;

/** The blueprints' room without its background work: what is published is checked at once. */
export function createTestBlueprints(options: {
  knex: Knex;
  access: EnvironmentAccess;
  drivers: DriverRegistry;
  workDirectory: string;
  clock: Clock;
  ids: IdMaker;
  logger: LoggerService;
}) {
  const stores = {
    blueprints: new BlueprintStore(),
    versions: new VersionStore(),
    snapshots: new SnapshotStore(),
    sources: new SourceStore(),
    usage: new EnvironmentUsage(testInputVault),
    audit: new AuditStore(),
  };
  // No source of theirs lies elsewhere.
  const packages = createSourcePackages({
    ...options,
    ...stores,
    config: mockServices.rootConfig(),
    urlReader: mockServices.urlReader.mock(),
  });
  const publisher = new BlueprintPublisher({
    ...options,
    ...stores,
    packages,
    ring: () => {},
  });
  const service = new BlueprintService({ ...options, ...stores, publisher });
  const validator = new BlueprintValidator({
    ...options,
    ...stores,
    packages,
  });
  return {
    service,
    /** @param files by path; when absent, each component gets a folder with an empty file */
    async publish(
      text: string,
      files?: Record<string, string>,
      { draft }: { draft?: boolean } = {},
    ) {
      const version = await publisher.publish({
        text,
        readFiles: async document =>
          Object.entries(
            files ??
              Object.fromEntries(
                componentGraph(document).map(({ source }) => [
                  `${source.replace('./', '')}/main.tf`,
                  '',
                ]),
              ),
          ).map(([path, content]) => ({ path, content: Buffer.from(content) })),
        publishedBy: 'user:default/mira',
        recheck: true,
        draft,
      });
      await validator.validateAll(new AbortController().signal);
      return service.getById(version.id);
    },
  };
}

export type TestBlueprints = ReturnType<typeof createTestBlueprints>;
