import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  componentGraph,
  Problem,
  secretKeys,
  sourcePath,
} from '@greenroom/plugin-environments-common';
import { DriverError } from '@greenroom/plugin-environments-node';
import { Clock } from '../clock';
import { IdMaker } from '../ids';
import { DriverRegistry } from '../operations/run/drivers';
import { materialise } from './materialise';
import { isReleased, settlementOf } from './lifecycle';
import { followVersions } from './record';
import { BlueprintStore } from './store/blueprints';
import { SnapshotStore } from './store/snapshots';
import { VersionStore } from './store/versions';
import { BlueprintVersionRecord } from './types';

/** A provider may have to be fetched first; past this the check counts as failed. */
const LONGEST_CHECK_MS = 5 * 60_000;

/** For what a tool says without a way out of it, such as a slip in its language. */
const MEND =
  'Mend it there. The version is not published, so it may keep its number.';

/** Lets the drivers check the sources of versions, and publishes or rejects them. */
export class BlueprintValidator {
  constructor(
    private readonly options: {
      knex: Knex;
      blueprints: BlueprintStore;
      versions: VersionStore;
      snapshots: SnapshotStore;
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
    const { workDirectory, ids, versions, clock, logger } = this.options;
    const folder = join(workDirectory, `check-${ids.id()}`);
    let problems: Problem[];
    try {
      problems = await this.#check(version, folder, signal);
    } catch (error) {
      // Stopping is no verdict: the next start takes the version up again.
      if (signal.aborted) return;
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    const at = clock.now();
    const settlement = settlementOf(version, problems);
    await versions.settle(tx, version, { ...settlement, problems, at });
    const { blueprint: name, document: said } = version;
    if (isReleased(settlement.status)) {
      await followVersions(tx, this.options, { name, said, at });
    }
    const why = problems.length > 0 ? `: ${problems[0].message}` : '';
    logger.info(
      `Blueprint ${name} ${version.version} is ${settlement.status}${why}`,
    );
  }

  async #check(
    version: BlueprintVersionRecord,
    folder: string,
    signal: AbortSignal,
  ): Promise<Problem[]> {
    const { knex, snapshots, drivers, logger } = this.options;
    const { document, snapshotDigest } = version;
    const problems: Problem[] = [];
    for (const { id, driver: driverId, source } of componentGraph(document)) {
      const driver = drivers.find(driverId);
      if (!driver) {
        problems.push({
          code: 'blueprint.driver.unknown',
          message: `No driver "${driverId}" is installed in this portal.`,
          component: id,
          remedy: 'Add the backend module that brings it, and publish again.',
        });
        continue;
      }
      // A copy for each: drivers write into it, and two components may share a source.
      const copy = join(folder, id);
      await materialise({
        tx: knex,
        snapshots,
        snapshotDigest,
        folder: copy,
        signal,
      });
      const limit = AbortSignal.timeout(LONGEST_CHECK_MS);
      try {
        const found = await driver.validate({
          component: {
            id,
            with: document.spec.components[id].with,
            folder: join(copy, sourcePath(source)),
          },
          secrets: secretKeys(document, id),
          sourcePath: sourcePath(source),
          signal: AbortSignal.any([signal, limit]),
        });
        problems.push(
          ...found.map(problem => ({
            component: id,
            ...problem,
            remedy: problem.remedy ?? MEND,
          })),
        );
      } catch (error) {
        if (signal.aborted) throw error;
        if (!(error instanceof DriverError) && !limit.aborted) {
          logger.error(
            `The check of ${version.blueprint} ${version.version} broke off`,
            toError(error),
          );
        }
        problems.push({ component: id, ...brokenCheck(error, limit.aborted) });
      }
    }
    return problems;
  }
}

function brokenCheck(error: unknown, timedOut: boolean): Problem {
  if (timedOut) {
    return {
      code: 'blueprint.check.timeout',
      message: `The check took longer than ${LONGEST_CHECK_MS / 60_000} minutes.`,
      remedy:
        'See whether what the module needs can be reached from here, and publish again.',
    };
  }
  if (error instanceof DriverError) return error.problem;
  return {
    code: 'blueprint.check.failed',
    message: 'The check broke off for a reason that Greenroom did not expect.',
    remedy:
      'Publish again; if it stays, the log of the backend names the cause.',
  };
}
