import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Blueprint,
  blueprintPublishPermission,
  blueprintReadPermission,
  blueprintText,
  BlueprintComparison,
  BlueprintImpact,
  BlueprintSource,
  BlueprintSummary,
  BlueprintVersion,
  BlueprintVersionStatus,
  MoveBlueprintVersionRequest,
  PublishBlueprintRequest,
  RecommendBlueprintRequest,
} from '@greenroom/plugin-environments-common';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { BlueprintPermissionResource } from '@greenroom/plugin-environments-node';
import { Transaction } from '../database';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentUsage } from '../environments/usage';
import { BlueprintComparisons } from './compare/comparisons';
import {
  BlueprintNotFoundError,
  BlueprintVersionNotFoundError,
  BlueprintVersionRetiredError,
  deprecationWarning,
} from './errors';
import { decodeFiles, encodeFiles } from './encodedFiles';
import { BlueprintManager } from './managing';
import { materialise } from './materialise';
import { BlueprintPublisher } from './publish';
import { permissionResource } from './record';
import { sourceDigest } from './snapshot';
import { BlueprintStore } from './store/blueprints';
import { SnapshotStore } from './store/snapshots';
import { SourceStore } from './store/sources';
import { VersionStore } from './store/versions';
import {
  BlueprintFacts,
  toSummary,
  toVersion,
  toVersionSummary,
} from './summary';
import {
  BlueprintRecord,
  BlueprintVersionRecord,
  PublishedBlueprint,
} from './types';
import { newestFirst } from './versions';

export type { PublishedBlueprint } from './types';

/** What new environments may be made of. */
const OFFERED: BlueprintVersionStatus[] = ['published', 'deprecated'];

/** What others may ask of blueprints: the routes for people, environments for their recipe. */
export class BlueprintService {
  readonly #comparisons: BlueprintComparisons;
  readonly #manager: BlueprintManager;

  constructor(
    private readonly options: {
      knex: Knex;
      access: Pick<
        EnvironmentAccess,
        'caller' | 'requireBasic' | 'requireManage' | 'visible'
      >;
      blueprints: BlueprintStore;
      versions: VersionStore;
      snapshots: SnapshotStore;
      sources: SourceStore;
      usage: EnvironmentUsage;
      audit: AuditStore;
      clock: Clock;
      publisher: BlueprintPublisher;
    },
  ) {
    this.#comparisons = new BlueprintComparisons(options);
    this.#manager = new BlueprintManager(options);
  }

  /**
   * The version that a new environment is made of: the recommended one unless one is named.
   *
   * @param request.drafts whether a draft will do
   * @throws NotFoundProblemError when there is none, or it is not published
   * @throws BlueprintVersionRetiredError
   */
  async getForRequest(request: {
    name: string;
    version?: string;
    drafts?: boolean;
  }): Promise<PublishedBlueprint> {
    const { knex, versions } = this.options;
    const blueprint = await this.#require(request.name);
    const wanted = request.version ?? blueprint.recommendedVersion;
    const found = wanted
      ? await versions.find(knex, blueprint.name, wanted)
      : undefined;
    const isDraft = found?.status === 'draft' && request.drafts;
    if (found && (isDraft || OFFERED.includes(found.status))) {
      return toPublished(blueprint, found);
    }
    if (found?.status === 'retired') {
      const { version, notice } = found;
      const { name, recommendedVersion: recommended } = blueprint;
      throw new BlueprintVersionRetiredError({
        name,
        version,
        notice,
        recommended,
      });
    }
    throw new BlueprintVersionNotFoundError({
      name: blueprint.name,
      version: request.version,
      status: found?.status,
      published: await this.#publishedVersions(blueprint.name),
    });
  }

  /** The version that an environment was made of; those never go away. */
  async getById(
    versionId: string,
    tx: Transaction = this.options.knex,
  ): Promise<PublishedBlueprint> {
    const version = await this.options.versions.findById(tx, versionId);
    if (!version) throw new Error(`There is no blueprint version ${versionId}`);
    return toPublished(await this.#require(version.blueprint, tx), version);
  }

  /** For decisions, in the order of their names; undefined for what is not known. */
  async permissionResources(
    names: string[],
  ): Promise<(BlueprintPermissionResource | undefined)[]> {
    const { knex, blueprints } = this.options;
    const found = await blueprints.findAll(knex, names);
    return names.map(name => {
      const blueprint = found.get(name);
      return blueprint && permissionResource(blueprint);
    });
  }

  /** Writes a snapshot, or one folder of it, below a folder, which is made. May be repeated. */
  async materialise(request: {
    snapshotDigest: string;
    folder: string;
    below?: string;
    signal?: AbortSignal;
  }): Promise<void> {
    const { knex, snapshots } = this.options;
    await materialise({ tx: knex, snapshots, ...request });
  }

  /** Over the files that one component is made of, wherever else the snapshot has changed. */
  async sourceDigest(request: {
    snapshotDigest: string;
    sourcePath: string;
  }): Promise<string> {
    const { knex, snapshots } = this.options;
    const listing = await snapshots.listing(knex, request.snapshotDigest);
    return sourceDigest(listing, request.sourcePath);
  }

  async list(
    request: { search?: string },
    credentials: BackstageCredentials,
  ): Promise<BlueprintSummary[]> {
    const { knex, blueprints } = this.options;
    await this.#requireRead(credentials);
    const found = await blueprints.list(knex, request.search);
    const facts = await this.#facts(found);
    return found.map(blueprint =>
      toSummary(blueprint, facts.get(blueprint.name)!),
    );
  }

  /** @throws BlueprintNotFoundError */
  async get(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<Blueprint> {
    await this.#requireRead(credentials);
    const blueprint = await this.#require(name);
    const facts = (await this.#facts([blueprint])).get(name)!;
    return {
      ...toSummary(blueprint, facts),
      versionList: newestFirst(facts.versions).map(version =>
        toVersionSummary(version, facts.living),
      ),
    };
  }

  /** @throws BlueprintNotFoundError, BlueprintVersionNotFoundError */
  async getVersion(
    name: string,
    version: string,
    credentials: BackstageCredentials,
  ): Promise<BlueprintVersion> {
    await this.#requireRead(credentials);
    const blueprint = await this.#require(name);
    return toVersion(blueprint, await this.#requireVersion(name, version));
  }

  /** @throws BlueprintNotFoundError, BlueprintVersionNotFoundError */
  async getSource(
    name: string,
    version: string,
    credentials: BackstageCredentials,
  ): Promise<BlueprintSource> {
    const { knex, snapshots } = this.options;
    await this.#requireRead(credentials);
    await this.#require(name);
    const found = await this.#requireVersion(name, version);
    return {
      document: blueprintText(found.document),
      files: await encodeFiles(snapshots.read(knex, found.authoredDigest)),
    };
  }

  /** @throws BlueprintNotFoundError, BlueprintVersionNotFoundError */
  async compare(
    name: string,
    { from, to }: { from: string; to: string },
    credentials: BackstageCredentials,
  ): Promise<BlueprintComparison> {
    await this.#requireRead(credentials);
    await this.#require(name);
    return this.#comparisons.compare(
      await this.#requireVersion(name, from),
      await this.#requireVersion(name, to),
    );
  }

  /**
   * What an upgrade to a version would mean for what runs on the versions below it, or on one.
   *
   * @throws BlueprintNotFoundError, BlueprintVersionNotFoundError
   */
  async impact(
    name: string,
    version: string,
    { from }: { from?: string },
    credentials: BackstageCredentials,
  ): Promise<BlueprintImpact> {
    await this.#requireRead(credentials);
    const blueprint = await this.#require(name);
    const target = await this.#requireVersion(name, version);
    if (from) await this.#requireVersion(name, from);
    return this.#comparisons.impact(
      toPublished(blueprint, target),
      from,
      credentials,
    );
  }

  /** See {@link BlueprintManager.move}. */
  async moveVersion(
    name: string,
    version: string,
    request: MoveBlueprintVersionRequest,
    credentials: BackstageCredentials,
  ): Promise<BlueprintVersion> {
    await this.#requireRead(credentials);
    await this.#manager.move(name, version, request, credentials);
    return this.getVersion(name, version, credentials);
  }

  /** See {@link BlueprintManager.recommend}. */
  async recommend(
    name: string,
    request: RecommendBlueprintRequest,
    credentials: BackstageCredentials,
  ): Promise<Blueprint> {
    await this.#requireRead(credentials);
    await this.#manager.recommend(name, request, credentials);
    return this.get(name, credentials);
  }

  /**
   * Takes in what an author sends. The version it answers is `validating` until its sources are
   * checked, or settled already when the very same came before.
   *
   * @throws InputProblemError, BlueprintVersionImmutableError
   */
  async publish(
    request: PublishBlueprintRequest,
    credentials: BackstageCredentials,
  ): Promise<BlueprintVersion> {
    const { access, publisher } = this.options;
    await access.requireBasic(blueprintPublishPermission, credentials, {
      message: 'You may not publish blueprints.',
      remedy: 'Ask the operators of this portal for the permission.',
    });
    const { actor } = await access.caller(credentials);
    const version = await publisher.publish({
      text: request.document,
      readFiles: async () => decodeFiles(request.files),
      publishedBy: actor,
      recheck: true,
      draft: request.draft,
    });
    return toVersion(await this.#require(version.blueprint), version);
  }

  async #requireRead(credentials: BackstageCredentials): Promise<void> {
    await this.options.access.requireBasic(
      blueprintReadPermission,
      credentials,
      {
        message: 'You may not see blueprints.',
        remedy: 'Ask the operators of this portal for the permission.',
      },
    );
  }

  async #require(
    name: string,
    tx: Transaction = this.options.knex,
  ): Promise<BlueprintRecord> {
    const blueprint = await this.options.blueprints.find(tx, name);
    if (!blueprint) throw new BlueprintNotFoundError(name);
    return blueprint;
  }

  async #requireVersion(
    name: string,
    version: string,
  ): Promise<BlueprintVersionRecord> {
    const { knex, versions } = this.options;
    const found = await versions.find(knex, name, version);
    if (found) return found;
    const published = await this.#publishedVersions(name);
    throw new BlueprintVersionNotFoundError({ name, version, published });
  }

  async #publishedVersions(name: string): Promise<string[]> {
    const { knex, versions } = this.options;
    const all = await versions.listOf(knex, [name]);
    return newestFirst(all)
      .filter(({ status }) => status === 'published')
      .map(({ version }) => version);
  }

  async #facts(found: BlueprintRecord[]): Promise<Map<string, BlueprintFacts>> {
    const { knex, versions, sources, usage } = this.options;
    const names = found.map(({ name }) => name);
    const [allVersions, allSources, living, typical] = await Promise.all([
      versions.listOf(knex, names),
      sources.listOf(knex, names),
      usage.livingEnvironments(knex),
      usage.typicalCreateSeconds(knex, names),
    ]);
    return new Map(
      names.map(name => [
        name,
        {
          versions: allVersions.filter(({ blueprint }) => blueprint === name),
          sources: allSources.filter(({ blueprint }) => blueprint === name),
          living,
          typicalCreateSeconds: typical.get(name),
        },
      ]),
    );
  }
}

function toPublished(
  blueprint: BlueprintRecord,
  found: BlueprintVersionRecord,
): PublishedBlueprint {
  const { name, title, entityRef, recommendedVersion: recommended } = blueprint;
  const { id, version, status, notice, document, snapshotDigest } = found;
  const { owner, type } = document.spec;
  return {
    versionId: id,
    name,
    title,
    version,
    entityRef,
    owner,
    type,
    document,
    snapshotDigest,
    recommended,
    warnings:
      status === 'deprecated'
        ? [deprecationWarning({ name, version, notice, recommended })]
        : [],
  };
}
