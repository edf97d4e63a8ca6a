import { Knex } from 'knex';
import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { BLUEPRINT_KIND, Problem } from '@greenroom/plugin-environments-common';
import { Clock } from '../clock';
import { problemsOf } from '../errors';
import { LocationOptions, openLocation } from './location';
import { BlueprintPublisher } from './publish';
import { BlueprintStore } from './store/blueprints';
import { SourceStore } from './store/sources';
import { BlueprintRecord, BlueprintSourceRecord } from './types';

const PAGE = 100;

/** A Git host is asked again about what did not go well, but not at every turn. */
const RETRY_URL_AFTER_MS = 5 * 60_000;

/** Publishes what the catalog holds: it finds the documents, their locations hold the truth. */
export class CatalogDoor {
  constructor(
    private readonly options: {
      knex: Knex;
      catalog: Pick<CatalogService, 'queryEntities'>;
      auth: AuthService;
      blueprints: BlueprintStore;
      sources: SourceStore;
      publisher: BlueprintPublisher;
      location: LocationOptions;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  /**
   * Goes once through all blueprints of the catalog. May be repeated: what did not change is
   * left alone. One blueprint's failure is kept with it and stops no other.
   *
   * @returns how many blueprints the catalog holds
   */
  async sync(signal: AbortSignal): Promise<number> {
    const { knex, sources, logger } = this.options;
    const known = new Map(
      (await sources.list(knex)).map(source => [source.entityRef, source]),
    );
    const seen = new Set<string>();
    for await (const entity of this.#entities()) {
      if (signal.aborted) return seen.size;
      const ref = stringifyEntityRef(entity);
      seen.add(ref);
      try {
        await this.#take(entity, ref, known.get(ref));
      } catch (error) {
        logger.error(`Could not take in ${ref}; tried again`, toError(error));
      }
    }
    const gone = [...known.keys()].filter(ref => !seen.has(ref));
    if (gone.length > 0) await sources.forget(knex, gone);
    return seen.size;
  }

  async *#entities(): AsyncGenerator<Entity> {
    const { catalog, auth } = this.options;
    let cursor: string | undefined;
    do {
      const credentials = await auth.getOwnServiceCredentials();
      const page = await catalog.queryEntities(
        cursor
          ? { cursor, limit: PAGE }
          : {
              filter: { kind: BLUEPRINT_KIND },
              limit: PAGE,
              totalItems: 'exclude',
            },
        { credentials },
      );
      yield* page.items;
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
  }

  async #take(
    entity: Entity,
    entityRef: string,
    known: BlueprintSourceRecord | undefined,
  ): Promise<void> {
    const location = entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? '';
    const etag = entity.metadata.etag ?? '';
    const isNew = known?.etag !== etag || known.location !== location;
    if (!isNew && !this.#isWorthReading(known)) return;

    const { knex, blueprints, sources, publisher, clock } = this.options;
    let problems: Problem[] = [];
    try {
      const source = openLocation(location, this.options.location);
      await publisher.publish({
        text: await source.readText(),
        name: entity.metadata.name,
        readFiles: document => source.readFiles(document),
        publishedBy: entityRef,
        // The very same that was rejected is not checked at every turn.
        recheck: isNew,
      });
    } catch (error) {
      const found = problemsOf(error);
      if (!found) throw error;
      problems = found;
    }
    const isSame =
      !isNew && JSON.stringify(known.problems) === JSON.stringify(problems);
    if (isSame && location.startsWith('file:')) return;
    const now = clock.now();
    await knex.transaction(async tx => {
      await blueprints.insertIfNew(tx, recordOf(entity, entityRef), now);
      await sources.write(tx, {
        entityRef,
        location,
        blueprint: entity.metadata.name,
        version: String(entity.spec?.version ?? ''),
        etag,
        problems,
        checkedAt: now,
      });
    });
  }

  /**
   * The catalog sees changes of the document only. Files beside it are looked at again at every
   * turn where that is cheap, and over the network while something is wrong.
   */
  #isWorthReading(known: BlueprintSourceRecord): boolean {
    if (known.location.startsWith('file:')) return true;
    const age = this.options.clock.now().getTime() - known.checkedAt.getTime();
    return known.problems.length > 0 && age >= RETRY_URL_AFTER_MS;
  }
}

/** What the catalog says of a blueprint whose document could not be taken in yet. */
function recordOf(entity: Entity, entityRef: string): BlueprintRecord {
  const { metadata, spec } = entity;
  return {
    name: metadata.name,
    entityRef,
    title: metadata.title ?? metadata.name,
    description: metadata.description ?? '',
    owner: String(spec?.owner ?? ''),
    type: String(spec?.type ?? ''),
    tags: metadata.tags ?? [],
    recommendedOnPurpose: false,
  };
}
