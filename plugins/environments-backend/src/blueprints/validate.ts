import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from '../clock';
import { IdMaker } from '../ids';
import { DriverRegistry } from '../operations/run/drivers';
import { isReleased, settlementOf } from './lifecycle';
import { followVersions } from './record';
import { SourceCheck, Verdict } from './sourceCheck';
import { SourcePackages } from './sources/packages';
import { BlueprintStore } from './store/blueprints';
import { SnapshotStore } from './store/snapshots';
import { VersionStore } from './store/versions';
import { BlueprintVersionRecord } from './types';

/**
 * The database ends a transaction that asks nothing for longer than this allows, since its process
 * may have been stopped; a check takes as long as its tools take.
 */
const STAY_AWAKE_EVERY_MS = 3000;

/** Lets the drivers check the sources of versions, and publishes or rejects them. */
export class BlueprintValidator {
  constructor(
    private readonly options: {
      knex: Knex;
      blueprints: BlueprintStore;
      versions: VersionStore;
      snapshots: SnapshotStore;
      packages: Pick<SourcePackages, 'find' | 'files'>;
      drivers: Pick<DriverRegistry, 'find'>;
      workDirectory: string;
      clock: Clock;
      ids: IdMaker;
      logger: LoggerService;
    },
  ) {}

  /**
   * Checks one version. May be repeated: a version that is settled, or that another replica is
   * checking, is left alone. Killed midway it leaves the version waiting.
   */
  async validateVersion(id: string, signal: AbortSignal): Promise<void> {
    const { knex, versions } = this.options;
    await knex.transaction(async tx => {
      const version = await versions.lock(tx, id);
      if (version) await this.#validate(tx, version, signal);
    });
  }

  /** Checks all versions that wait and that no other replica is checking, oldest first. */
  async validateAll(signal: AbortSignal): Promise<void> {
    const ids = await this.listUnvalidated();
    for (const id of ids) {
      if (signal.aborted) return;
      await this.validateVersion(id, signal);
    }
  }

  async listUnvalidated(): Promise<string[]> {
    return this.options.versions.listUnchecked(this.options.knex);
  }

  async #validate(
    tx: Knex.Transaction,
    version: BlueprintVersionRecord,
    signal: AbortSignal,
  ): Promise<void> {
    const { snapshots, versions, clock, logger } = this.options;
    let verdict: Verdict;
    try {
      verdict = await this.#awake(tx, () =>
        new SourceCheck(this.options).run(version, signal),
      );
    } catch (error) {
      // Stopping is no verdict: the next start takes the version up again.
      if (signal.aborted) return;
      throw error;
    }
    const { problems, snapshot } = verdict;
    const at = clock.now();
    const settlement = settlementOf(version, problems);
    await snapshots.write(tx, snapshot, at);
    await versions.settle(tx, version, {
      ...settlement,
      snapshotDigest: snapshot.digest,
      problems,
      at,
    });
    const { blueprint: name, document: said } = version;
    if (isReleased(settlement.status)) {
      await followVersions(tx, this.options, { name, said, at });
    }
    const why = problems.length > 0 ? `: ${problems[0].message}` : '';
    logger.info(
      `Blueprint ${name} ${version.version} is ${settlement.status}${why}`,
    );
  }

  /** Holds the lock of a transaction while its owner works on something else. */
  async #awake<T>(tx: Knex.Transaction, work: () => Promise<T>): Promise<T> {
    // A transaction that is lost all the same is told of by its next query.
    const timer = setInterval(
      () => tx.raw('SELECT 1').catch(() => {}),
      STAY_AWAKE_EVERY_MS,
    );
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }
}
