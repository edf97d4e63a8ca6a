import { Knex } from 'knex';
import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ANNOTATION_ENVIRONMENT_ID } from '@greenroom/plugin-environments-common';
import { EnvironmentChanges } from '../environments/changes';
import { environmentEntityRef } from '../environments/summary';
import { nextLook } from './proofSchedule';
import { CatalogProofStore } from './store/proofs';
import { CatalogProof } from './types';
import { RecurringWork } from '../loop';

const BATCH = 100;

/** The last part of a teardown's proof: that the catalog does not show the environment any more. */
export class CatalogProofs implements RecurringWork {
  readonly name = 'Looking whether the catalog shows what is destroyed';
  readonly intervalMs = 5000;

  constructor(
    private readonly options: {
      knex: Knex;
      store: CatalogProofStore;
      environments: Pick<EnvironmentChanges, 'tell'>;
      catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
      auth: Pick<AuthService, 'getOwnServiceCredentials'>;
      /** After a commit that left something to tell. */
      onTold: () => void;
      logger: LoggerService;
    },
  ) {}

  /** Looks for everything that is to be looked for at that moment. */
  async tick(now: Date): Promise<void> {
    const { knex, store } = this.options;
    for (;;) {
      const due = await store.takeDue(knex, now, BATCH);
      if (due.length > 0) await this.#look(due, now);
      if (due.length < BATCH) return;
    }
  }

  async #look(due: CatalogProof[], now: Date): Promise<void> {
    const { knex, store, onTold } = this.options;
    const shown = await this.#shown(due);
    const gone = due.filter(({ environmentId }) => !shown.has(environmentId));
    await store.gone(
      knex,
      gone.map(({ environmentId }) => environmentId),
      now,
    );
    for (const proof of due) {
      if (shown.has(proof.environmentId)) await this.#stillThere(proof, now);
    }
    if (shown.size > 0) onTold();
  }

  /** Ids of those that the catalog shows. A younger one of the same name has another id. */
  async #shown(due: CatalogProof[]): Promise<Set<string>> {
    const { catalog, auth } = this.options;
    const { items } = await catalog.getEntitiesByRefs(
      {
        entityRefs: due.map(({ environmentName }) =>
          environmentEntityRef(environmentName),
        ),
        fields: ['metadata.annotations'],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    const ids = new Set(
      items.map(
        entity => entity?.metadata.annotations?.[ANNOTATION_ENVIRONMENT_ID],
      ),
    );
    return new Set(
      due.map(({ environmentId }) => environmentId).filter(id => ids.has(id)),
    );
  }

  async #stillThere(proof: CatalogProof, now: Date): Promise<void> {
    const { knex, store, environments, logger } = this.options;
    const { lookAt, tell, warn } = nextLook(proof, now);
    if (warn) {
      logger.warn(
        `The catalog still shows ${environmentEntityRef(proof.environmentName)}, whose environment ${proof.environmentId} was destroyed at ${proof.since.toISOString()}. Look into the log of the catalog for why it does not follow its environments.`,
      );
    }
    await knex.transaction(async tx => {
      if (tell) await environments.tell(tx, proof.environmentId);
      await store.stillThere(
        tx,
        {
          ...proof,
          looks: proof.looks + 1,
          toldAt: tell ? now : proof.toldAt,
          warnedAt: warn ? now : proof.warnedAt,
        },
        lookAt,
      );
    });
  }
}
