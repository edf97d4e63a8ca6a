import { Knex } from 'knex';
import {
  BlueprintDocument,
  componentGraph,
  isBelow,
  missingSources,
  parseBlueprint,
  ParsedBlueprint,
  Problem,
} from '@greenroom/plugin-environments-common';
import { Clock } from '../clock';
import { InputProblemError } from '../errors';
import { IdMaker } from '../ids';
import { DriverRegistry } from '../operations/run/drivers';
import {
  BlueprintVersionBusyError,
  BlueprintVersionImmutableError,
} from './errors';
import { isReleased, settlementOf } from './lifecycle';
import { blueprintRecord, followVersions } from './record';
import {
  entryOf,
  entryProblems,
  makeSnapshot,
  ownFiles,
  packageFolder,
  packageOf,
  versionDigest,
} from './snapshot';
import { fetchSources } from './sources/components';
import { SourcePackages } from './sources/packages';
import { BlueprintStore } from './store/blueprints';
import { SnapshotStore } from './store/snapshots';
import { VersionStore } from './store/versions';
import { BlueprintVersionRecord, Snapshot, SnapshotFile } from './types';

export interface PublishOptions {
  /** The YAML text; place names in problems call it `blueprint.yaml`. */
  text: string;
  /** In a text of several documents, the blueprint of this name. */
  name?: string;
  /** Reads what lies beside the document; asked once the document itself is right. */
  readFiles: (document: BlueprintDocument) => Promise<SnapshotFile[]>;
  publishedBy: string;
  /** Whether content that was rejected before is checked once more. */
  recheck: boolean;
  /** Keep it as a draft, unless it is published already. */
  draft?: boolean;
}

/** Takes in what authors write: everything is checked before anything is kept. */
export class BlueprintPublisher {
  constructor(
    private readonly options: {
      knex: Knex;
      blueprints: BlueprintStore;
      versions: VersionStore;
      snapshots: SnapshotStore;
      packages: Pick<SourcePackages, 'find'>;
      drivers: Pick<DriverRegistry, 'find'>;
      clock: Clock;
      ids: IdMaker;
      /** Called once a version that waits for its check is committed. */
      ring: () => void;
    },
  ) {}

  /**
   * Keeps a version and has its sources checked in the background. The same content again gives
   * the same version, whatever its status; it may be repeated.
   *
   * @throws InputProblemError with all that is wrong
   * @throws BlueprintVersionImmutableError when that version is published with other content
   * @throws BlueprintVersionBusyError while other content under that version is being checked
   */
  async publish(request: PublishOptions): Promise<BlueprintVersionRecord> {
    const { text, name, recheck: ask } = request;
    const parsed = parseBlueprint(text, { name });
    const { document } = parsed;
    if (!document) throw new InputProblemError(parsed.problems);
    const own = ownFiles(document, await request.readFiles(document));
    const fetched = await fetchSources(document, parsed, {
      ...this.options,
      ask,
    });
    const files = [...own.map(entryOf), ...fetched.entries];
    const problems = [
      ...this.#driverProblems(document, parsed),
      ...missingSources(document, parsed.placeOf, own),
      ...fetched.problems,
      ...entryProblems(files),
    ];
    if (problems.length > 0) throw new InputProblemError(problems);

    const { resolved } = fetched;
    const version = await this.#write(
      { document, resolved, snapshot: makeSnapshot(files) },
      request,
    );
    if (version.status === 'validating') this.options.ring();
    return version;
  }

  #driverProblems(
    document: BlueprintDocument,
    { placeOf }: ParsedBlueprint,
  ): Problem[] {
    return componentGraph(document)
      .filter(({ driver }) => !this.options.drivers.find(driver))
      .map(({ id, driver }) => ({
        code: 'blueprint.driver.unknown',
        message: `No driver "${driver}" is installed in this portal.`,
        place: placeOf(['spec', 'components', id, 'driver']),
        component: id,
        remedy: 'Mend its name, or add the backend module that brings it.',
      }));
  }

  async #write(
    {
      document,
      resolved,
      snapshot,
    }: {
      document: BlueprintDocument;
      resolved: Record<string, string>;
      snapshot: Snapshot;
    },
    { publishedBy, recheck, draft = false }: PublishOptions,
  ): Promise<BlueprintVersionRecord> {
    const { knex, blueprints, versions, snapshots, clock, ids } = this.options;
    const digest = versionDigest(document, snapshot.digest);
    const { name } = document.metadata;
    const { version } = document.spec;
    const now = clock.now();

    return knex.transaction(async tx => {
      await blueprints.insertIfNew(tx, blueprintRecord(document), now);
      await blueprints.lock(tx, name);
      const existing = await versions.find(tx, name, version);
      if (existing?.digest === digest) {
        if (!isToBeChecked(existing, { recheck, draft })) {
          return this.#again(tx, existing, { document, draft });
        }
      } else if (existing && isReleased(existing.status)) {
        throw new BlueprintVersionImmutableError(
          name,
          version,
          await this.#changes(tx, existing, document, snapshot),
        );
      }
      if (existing && !(await versions.lockToWrite(tx, existing.id))) {
        throw new BlueprintVersionBusyError(name, version);
      }
      await snapshots.write(tx, snapshot, now);
      const id = await versions.writeUnchecked(tx, {
        id: ids.id(),
        blueprint: name,
        version,
        document,
        digest,
        authoredDigest: snapshot.digest,
        resolved,
        draft,
        publishedBy,
        createdAt: now,
      });
      return (await versions.findById(tx, id))!;
    });
  }

  /** The same content once more: the words around it may be others, and a draft may be meant now. */
  async #again(
    tx: Knex.Transaction,
    existing: BlueprintVersionRecord,
    { document, draft }: { document: BlueprintDocument; draft: boolean },
  ): Promise<BlueprintVersionRecord> {
    const { versions, clock } = this.options;
    const at = clock.now();
    if (existing.status === 'draft' && !draft) {
      const settlement = settlementOf({ document, draft }, []);
      await versions.move(tx, existing, { ...settlement, at });
    }
    const { blueprint: name } = existing;
    await followVersions(tx, this.options, { name, said: document, at });
    return (await versions.findById(tx, existing.id))!;
  }

  /** What differs, for the author to recognise: fields of the document and paths of files. */
  async #changes(
    tx: Knex.Transaction,
    published: BlueprintVersionRecord,
    document: BlueprintDocument,
    snapshot: Snapshot,
  ): Promise<string[]> {
    const before = await this.options.snapshots.listing(
      tx,
      published.authoredDigest,
    );
    const after = new Map(snapshot.files.map(f => [f.path, f.blobDigest]));
    const files = [...new Set([...before.keys(), ...after.keys()])]
      .filter(path => before.get(path) !== after.get(path))
      .map(path => inSource(document, path));
    const specs = [published.document.spec, document.spec].map(spec =>
      Object.entries(spec).map(([key, value]) => [key, JSON.stringify(value)]),
    );
    const [old, now] = specs.map(
      entries => new Map(entries as [string, string][]),
    );
    const fields = [...new Set([...old.keys(), ...now.keys()])]
      .filter(key => old.get(key) !== now.get(key))
      .map(key => `spec.${key}`);
    const all = [...fields, ...files];
    return all.length > 5
      ? [...all.slice(0, 5), `${all.length - 5} more`]
      : all;
  }
}

/** A file as its author knows it: one that was fetched, behind the source that it came from. */
function inSource(document: BlueprintDocument, path: string): string {
  for (const { source } of componentGraph(document)) {
    const address = packageOf(source);
    const folder = address && packageFolder(address);
    if (folder && isBelow(path, folder)) {
      return `${path.slice(folder.length + 1)} of ${source}`;
    }
  }
  return path;
}

/** Whether the same content is to be checked, though it was before or is to be soon. */
function isToBeChecked(
  { status, draft: isDraft }: BlueprintVersionRecord,
  { recheck, draft }: { recheck: boolean; draft: boolean },
): boolean {
  if (status === 'validating') return isDraft && !draft;
  return status === 'rejected' && recheck;
}
