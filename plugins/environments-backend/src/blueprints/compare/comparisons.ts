import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  AffectedEnvironment,
  BlueprintComparison,
  BlueprintImpact,
  compareBlueprints,
} from '@greenroom/plugin-environments-common';
import { lt } from 'semver';
import { EnvironmentAccess } from '../../environments/access';
import { EnvironmentUsage } from '../../environments/usage';
import { SnapshotStore } from '../store/snapshots';
import { VersionStore } from '../store/versions';
import { BlueprintVersionRecord, PublishedBlueprint } from '../types';
import { compareFiles, DIFF_LIMITS, FilePair } from './files';
import { impactOn, toAffected } from './impact';

/** Affected environments that are named; more are only counted. */
const NAMED = 100;

/** What another version would mean: in the recipe, in its files, and for what runs. */
export class BlueprintComparisons {
  constructor(
    private readonly options: {
      knex: Knex;
      access: Pick<EnvironmentAccess, 'visible'>;
      versions: VersionStore;
      snapshots: SnapshotStore;
      usage: EnvironmentUsage;
    },
  ) {}

  async compare(
    from: BlueprintVersionRecord,
    to: BlueprintVersionRecord,
  ): Promise<BlueprintComparison> {
    const changes = compareBlueprints(from.document, to.document);
    return {
      name: to.blueprint,
      from: from.version,
      to: to.version,
      changes,
      files: compareFiles(await this.#filePairs(from, to)),
      breaking: changes.some(({ breaking }) => breaking),
    };
  }

  /**
   * Goes through all living environments on one version, or on all below the target.
   *
   * @param from a version, when only its environments matter
   */
  async impact(
    target: PublishedBlueprint,
    from: string | undefined,
    credentials: BackstageCredentials,
  ): Promise<BlueprintImpact> {
    const { knex, access, versions, usage } = this.options;
    const all = await versions.listOf(knex, [target.name]);
    const ids = all
      .filter(({ version }) =>
        from ? version === from : lt(version, target.version),
      )
      .map(({ id }) => id);
    const visible = await access.visible(credentials);
    const impact = { environments: 0, affected: 0 };
    const items: AffectedEnvironment[] = [];
    for await (const batch of usage.living(knex, ids)) {
      const affected = batch
        .map(environment =>
          toAffected(environment, impactOn(environment, target)),
        )
        .filter(({ problems }) => problems.length > 0);
      impact.environments += batch.length;
      impact.affected += affected.length;
      if (items.length === NAMED || affected.length === 0) continue;
      const seen = await usage.visibleAmong(
        knex,
        affected.map(({ id }) => id),
        visible,
      );
      items.push(
        ...affected
          .filter(({ id }) => seen.has(id))
          .slice(0, NAMED - items.length),
      );
    }
    return { name: target.name, to: target.version, from, ...impact, items };
  }

  async #filePairs(
    from: BlueprintVersionRecord,
    to: BlueprintVersionRecord,
  ): Promise<FilePair[]> {
    const { knex, snapshots } = this.options;
    const [before, after] = await Promise.all(
      [from, to].map(version =>
        snapshots.listing(knex, version.snapshotDigest),
      ),
    );
    const paths = [...new Set([...before.keys(), ...after.keys()])].filter(
      path => before.get(path) !== after.get(path),
    );
    const digests = paths.flatMap(path => [before.get(path), after.get(path)]);
    const files = await snapshots.contents(
      knex,
      digests.filter(digest => digest !== undefined),
      DIFF_LIMITS.fileBytes,
    );
    const fileOf = (digest: string | undefined) =>
      digest === undefined ? undefined : files.get(digest);
    return paths.map(path => ({
      path,
      before: fileOf(before.get(path)),
      after: fileOf(after.get(path)),
    }));
  }
}
