import { Knex } from 'knex';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { Clock } from '../../clock';
import { PackageStore } from '../store/packages';
import { SnapshotStore } from '../store/snapshots';
import { GitPackages } from './gitPackages';
import { SourcePackages } from './packages';
import { readRegistries, Registries } from './registries';
import { RegistryPackages } from './registryPackages';

export function createSourcePackages(options: {
  knex: Knex;
  snapshots: SnapshotStore;
  config: Config;
  urlReader: UrlReaderService;
  workDirectory: string;
  clock: Clock;
}): SourcePackages {
  const shared = {
    ...options,
    packages: new PackageStore(),
    integrations: ScmIntegrations.fromConfig(options.config),
    registries: new Registries(readRegistries(options.config)),
    git: new GitPackages(options),
  };
  return new SourcePackages({
    ...shared,
    registryPackages: new RegistryPackages(shared),
  });
}
