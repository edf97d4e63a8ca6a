import { Knex } from 'knex';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { Clock } from '../../clock';
import { entryOf, makeSnapshot, entryProblems } from '../snapshot';
import { InputProblemError } from '../../errors';
import { PackageStore } from '../store/packages';
import { SnapshotStore } from '../store/snapshots';
import { PackageAddress, PackageRecord, SnapshotFile } from '../types';
import { FetchedPackage, GitPackages } from './gitPackages';
import { Registries } from './registries';
import { RegistryPackages } from './registryPackages';
import { repositoryUrl } from './repositoryUrl';

/** How long a host gets for one package. */
const LONGEST_FETCH_MS = 60_000;

/** Whoever only looks whether something has changed asks a Git host this often and no more. */
const ASK_AGAIN_AFTER_MS = 5 * 60_000;

/**
 * What lies elsewhere, brought into the database: from there it is read ever after. What did not
 * change is not fetched again; a version at a registry never changes.
 */
export class SourcePackages {
  constructor(
    private readonly options: {
      knex: Knex;
      packages: PackageStore;
      snapshots: SnapshotStore;
      git: GitPackages;
      registries: Registries;
      registryPackages: RegistryPackages;
      integrations: ScmIntegrationRegistry;
      clock: Clock;
    },
  ) {}

  /**
   * Finds a package, and fetches it when it is not at hand as it is now. May be repeated.
   *
   * @param ask ask its host, however short ago that was
   * @throws InputProblemError when it may not or can't be read; without a place
   */
  async find(
    address: PackageAddress,
    { ask }: { ask: boolean },
  ): Promise<PackageRecord> {
    const signal = AbortSignal.timeout(LONGEST_FETCH_MS);
    if (address.kind === 'registry') return this.#module(address, signal);
    const url =
      address.kind === 'tree'
        ? address.url
        : repositoryUrl(address, this.options.integrations);
    return this.#tree(url, { ask, signal });
  }

  /** All files of a package that was found. */
  async files({ snapshotDigest }: PackageRecord): Promise<SnapshotFile[]> {
    const { knex, snapshots } = this.options;
    const files: SnapshotFile[] = [];
    for await (const file of snapshots.read(knex, snapshotDigest)) {
      files.push(file);
    }
    return files;
  }

  async #module(
    address: PackageAddress & { kind: 'registry' },
    signal: AbortSignal,
  ): Promise<PackageRecord> {
    const { knex, packages, registries, registryPackages } = this.options;
    const host = registries.hostOf(address);
    const at = (version: string) => `${host}/${address.module} ${version}`;
    const exactly =
      address.version && (await packages.find(knex, at(address.version)));
    if (exactly) return exactly;
    const version = await registries.versionOf(address, signal);
    const known = await packages.find(knex, at(version));
    if (known) return known;
    const files = await registryPackages.read({ ...address, version }, signal);
    return this.#keep(at(version), { files, resolved: version });
  }

  async #tree(
    url: string,
    { ask, signal }: { ask: boolean; signal: AbortSignal },
  ): Promise<PackageRecord> {
    const { knex, packages, git, clock } = this.options;
    const known = await packages.find(knex, url);
    const now = clock.now();
    const age = now.getTime() - (known?.askedAt.getTime() ?? 0);
    if (known && !ask && age < ASK_AGAIN_AFTER_MS) return known;
    const read = await git.read(url, { known: known?.resolved, signal });
    if (read) return this.#keep(url, read);
    const asked = { ...known!, askedAt: now };
    await packages.write(knex, asked);
    return asked;
  }

  async #keep(
    address: string,
    { files, resolved }: FetchedPackage,
  ): Promise<PackageRecord> {
    const { knex, packages, snapshots, clock } = this.options;
    const entries = files.map(entryOf);
    const problems = entryProblems(entries);
    if (problems.length > 0) throw new InputProblemError(problems);
    const snapshot = makeSnapshot(entries);
    const now = clock.now();
    const found = {
      address,
      snapshotDigest: snapshot.digest,
      resolved,
      askedAt: now,
    };
    await knex.transaction(async tx => {
      await snapshots.write(tx, snapshot, now);
      await packages.write(tx, found);
    });
    return found;
  }
}
