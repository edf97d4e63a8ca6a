import { rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  componentGraph,
  Problem,
  secretKeys,
  unknownOutputs,
} from '@greenroom/plugin-environments-common';
import {
  DriverError,
  DriverPackage,
  DriverPackageAddress,
} from '@greenroom/plugin-environments-node';
import { problemsOf } from '../errors';
import { IdMaker } from '../ids';
import { DriverRegistry } from '../operations/run/drivers';
import { FileBudget } from './fileBudget';
import { materialise, writeBelow } from './materialise';
import { entryOf, makeSnapshot, sourcePath } from './snapshot';
import { SourcePackages } from './sources/packages';
import { SnapshotStore } from './store/snapshots';
import { BlueprintVersionRecord, Snapshot, SnapshotFile } from './types';

/** A provider may have to be fetched first; past this the check counts as failed. */
const LONGEST_CHECK_MS = 5 * 60_000;

/** For what a tool says without a way out of it, such as a slip in its language. */
const MEND =
  'Mend it there. The version is not published, so it may keep its number.';

export interface Verdict {
  problems: Problem[];
  /** The version's files, with what the drivers have added to them. */
  snapshot: Snapshot;
}

/** What the drivers find wrong with the sources of a version, and what they add to them. */
export class SourceCheck {
  constructor(
    private readonly options: {
      knex: Knex;
      snapshots: SnapshotStore;
      packages: Pick<SourcePackages, 'find' | 'files'>;
      drivers: Pick<DriverRegistry, 'find'>;
      workDirectory: string;
      ids: IdMaker;
      logger: LoggerService;
    },
  ) {}

  /** @throws when the signal is aborted, and for what nobody expects */
  async run(
    version: BlueprintVersionRecord,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const { knex, snapshots, workDirectory, ids } = this.options;
    const authored = await snapshots.entries(knex, version.authoredDigest);
    const budget = new FileBudget(authored);
    const folder = join(workDirectory, `check-${ids.id()}`);
    const problems: Problem[] = [];
    try {
      for (const { id } of componentGraph(version.document)) {
        problems.push(
          ...(await this.#component(version, id, { folder, budget, signal })),
        );
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    const files = new Map(authored.map(entry => [entry.path, entry]));
    for (const file of budget.files) files.set(file.path, entryOf(file));
    return { problems, snapshot: makeSnapshot([...files.values()]) };
  }

  async #component(
    version: BlueprintVersionRecord,
    id: string,
    run: { folder: string; budget: FileBudget; signal: AbortSignal },
  ): Promise<Problem[]> {
    const { knex, snapshots, drivers } = this.options;
    const { folder, budget, signal } = run;
    const component = version.document.spec.components[id];
    const driver = drivers.find(component.driver);
    if (!driver) {
      return [
        {
          code: 'blueprint.driver.unknown',
          message: `No driver "${component.driver}" is installed in this portal.`,
          component: id,
          remedy: 'Add the backend module that brings it, and publish again.',
        },
      ];
    }
    // A copy for each: drivers write into it, and two components may share a source.
    const copy = join(folder, id);
    const path = sourcePath(component.source);
    await materialise({
      tx: knex,
      snapshots,
      snapshotDigest: version.authoredDigest,
      folder: copy,
      signal,
    });
    for (const file of budget.files) await writeBelow(copy, file);
    const limit = AbortSignal.timeout(LONGEST_CHECK_MS);
    try {
      const found = await driver.validate({
        component: { id, with: component.with, folder: join(copy, path) },
        secrets: secretKeys(version.document, id),
        sourcePath: path,
        fetch: address => this.#fetch(address),
        keep: file => keepBelow(path, file, budget),
        signal: AbortSignal.any([signal, limit]),
      });
      const outputs = await driver.declaredOutputs?.({
        id,
        with: component.with,
        folder: join(copy, path),
      });
      if (outputs) found.push(...unknownOutputs(version.document, id, outputs));
      return found.map(problem => ({
        component: id,
        ...problem,
        remedy: problem.remedy ?? MEND,
      }));
    } catch (error) {
      if (signal.aborted) throw error;
      if (!(error instanceof DriverError) && !limit.aborted) {
        this.options.logger.error(
          `The check of ${version.blueprint} ${version.version} broke off`,
          toError(error),
        );
      }
      return [{ component: id, ...brokenCheck(error, limit.aborted) }];
    }
  }

  async #fetch(address: DriverPackageAddress): Promise<DriverPackage> {
    const { packages } = this.options;
    return inDriversWords(async () => {
      const found = await packages.find(address, { ask: true });
      return {
        resolved: found.resolved,
        files: await packages.files(found),
      };
    });
  }
}

function keepBelow(
  folder: string,
  { path, content }: SnapshotFile,
  budget: FileBudget,
): void {
  try {
    budget.spend(posix.join(folder, path), content);
  } catch (error) {
    throw asDriverError(error);
  }
}

async function inDriversWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asDriverError(error);
  }
}

function asDriverError(error: unknown): unknown {
  const [problem] = problemsOf(error) ?? [];
  return problem ? new DriverError(problem, { cause: toError(error) }) : error;
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
