import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  BlueprintVersionNotice,
  JsonObject,
  mayMoveVersion,
  MoveBlueprintVersionRequest,
  RecommendBlueprintRequest,
} from '@greenroom/plugin-environments-common';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import {
  BlueprintMoveError,
  BlueprintNotFoundError,
  BlueprintVersionNotFoundError,
  BlueprintVersionUnpublishedError,
} from './errors';
import { followVersions, permissionResource } from './record';
import { BlueprintStore } from './store/blueprints';
import { VersionStore } from './store/versions';
import { BlueprintRecord } from './types';
import { newestFirst } from './versions';

/** What the owners of a blueprint, and operators, do with versions that are there. */
export class BlueprintManager {
  constructor(
    private readonly options: {
      knex: Knex;
      access: Pick<EnvironmentAccess, 'caller' | 'requireManage'>;
      blueprints: BlueprintStore;
      versions: VersionStore;
      audit: AuditStore;
      clock: Clock;
    },
  ) {}

  /**
   * Publishes a draft, deprecates or retires a version, or brings it back. What it recommends
   * follows.
   *
   * @throws BlueprintMoveError when it can't go there from where it is
   */
  async move(
    name: string,
    version: string,
    request: MoveBlueprintVersionRequest,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { versions, clock } = this.options;
    const { status, reason } = request;
    await this.#change(name, credentials, async tx => {
      const found = await versions.find(tx, name, version);
      const published = await this.#published(tx, name);
      if (!found) {
        throw new BlueprintVersionNotFoundError({ name, version, published });
      }
      const { status: from } = found;
      if (!mayMoveVersion(from, status)) {
        throw new BlueprintMoveError({ name, version, from, to: status });
      }
      const notice = noticeOf(request);
      const others = published.filter(other => other !== version);
      requirePublished(name, others, notice?.replacement, '/replacement');
      const at = clock.now();
      await versions.move(tx, found, { status, notice, at });
      const said = from === 'draft' ? found.document : undefined;
      await followVersions(tx, this.options, { name, said, at });
      return {
        action: `blueprint.version.${status}`,
        details: { version, from, reason, ...notice },
      };
    });
  }

  /** @throws BlueprintVersionUnpublishedError when the one to recommend is not published */
  async recommend(
    name: string,
    { version, reason }: RecommendBlueprintRequest,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { blueprints, clock } = this.options;
    await this.#change(name, credentials, async (tx, blueprint) => {
      requirePublished(
        name,
        await this.#published(tx, name),
        version,
        '/version',
      );
      const at = clock.now();
      await blueprints.update(
        tx,
        {
          ...blueprint,
          recommendedOnPurpose: version !== undefined,
          recommendedVersion: version,
        },
        at,
      );
      await followVersions(tx, this.options, { name, at });
      return {
        action: 'blueprint.recommended',
        details: { reason, ...(version && { version }) },
      };
    });
  }

  /** One change to one blueprint by whoever may, with its record, all or nothing. */
  async #change(
    name: string,
    credentials: BackstageCredentials,
    change: (
      tx: Knex.Transaction,
      blueprint: BlueprintRecord,
    ) => Promise<{
      action: string;
      details: JsonObject;
    }>,
  ): Promise<void> {
    const { knex, access, blueprints, audit, clock } = this.options;
    const known = await blueprints.find(knex, name);
    if (!known) throw new BlueprintNotFoundError(name);
    await access.requireManage(credentials, permissionResource(known));
    const { actor } = await access.caller(credentials);
    await knex.transaction(async tx => {
      const blueprint = await blueprints.lock(tx, name);
      if (!blueprint) throw new BlueprintNotFoundError(name);
      const { action, details } = await change(tx, blueprint);
      const after = await blueprints.find(tx, name);
      await audit.append(tx, {
        at: clock.now(),
        actor,
        action,
        details: {
          blueprint: name,
          ...details,
          recommendedBefore: blueprint.recommendedVersion ?? null,
          recommendedAfter: after?.recommendedVersion ?? null,
        },
      });
    });
  }

  async #published(tx: Knex.Transaction, name: string): Promise<string[]> {
    const all = await this.options.versions.listOf(tx, [name]);
    return newestFirst(all)
      .filter(({ status }) => status === 'published')
      .map(({ version }) => version);
  }
}

function requirePublished(
  name: string,
  published: string[],
  version: string | undefined,
  field: '/replacement' | '/version',
): void {
  if (version === undefined || published.includes(version)) return;
  throw new BlueprintVersionUnpublishedError({
    name,
    version,
    field,
    published,
  });
}

function noticeOf(
  request: MoveBlueprintVersionRequest,
): BlueprintVersionNotice | undefined {
  if (request.status === 'published') return undefined;
  const { message, replacement } = request;
  return { message, ...(replacement && { replacement }) };
}
