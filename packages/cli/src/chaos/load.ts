import { setTimeout as wait } from 'node:timers/promises';
import {
  Environment,
  EnvironmentsApi,
  Operation,
  OPERATION_STATES,
  OperationState,
  ProblemsError,
  SubmitOperationRequest,
} from '@greenroom/plugin-environments-common';
import { persistently } from './persistent';
import { Chance } from './random';

/** What was asked for and accepted: from here on nothing of it may be lost. */
export interface LoadRecord {
  accepted: { operationId: string; environmentId: string }[];
  /** Answers that never came: asked again under the same key. */
  askedAgain: number;
  /** Answers like "it is busy": right, and nothing was made. */
  refused: number;
}

export interface Subject {
  blueprint: string;
  /** How many tenants, and how many operations of all of them at least. */
  tenants: number;
  operations: number;
  inputs: (chance: Chance) => Record<string, string | number | boolean>;
}

const POLL_MS = 400;
const OWNERS = ['checkout', 'payments', 'platform'].map(
  team => `group:default/${team}`,
);
const FINAL: readonly OperationState[] = OPERATION_STATES.filter(state =>
  ['succeeded', 'failed', 'cancelled'].includes(state),
);

class Tenant {
  #environments = 0;

  constructor(
    private readonly api: EnvironmentsApi,
    private readonly subject: Subject,
    private readonly chance: Chance,
    private readonly record: LoadRecord,
    private readonly index: number,
  ) {}

  async live(): Promise<void> {
    while (this.record.accepted.length < this.subject.operations) {
      const environmentId = await this.#create();
      for (let turn = this.chance.between(1, 5); turn > 0; turn--) {
        await this.#change(environmentId);
      }
      // Some live on: what is still there must be known, too.
      if (this.chance.happens(0.85)) {
        await this.#submit(environmentId, { kind: 'destroy' });
      }
    }
  }

  async #create(): Promise<string> {
    const { api, chance, subject } = this;
    const request = {
      name: `chaos-${subject.blueprint}-${this.index}-${this.#environments++}`,
      blueprint: subject.blueprint,
      owner: chance.oneOf(OWNERS),
      inputs: subject.inputs(chance),
      ttl: '8h',
      confirm: chance.happens(0.1),
    };
    const idempotencyKey = chance.key();
    const { environment, operation } = await this.#ask(() =>
      api.createEnvironment(request, { idempotencyKey }),
    );
    this.#accepted(operation!);
    await this.#accompany(operation!);
    return environment!.id;
  }

  async #change(environmentId: string): Promise<void> {
    const { chance, subject } = this;
    const environment = await this.#ask(() =>
      this.api.getEnvironment(environmentId),
    );
    const { latestOperation } = environment;
    if (
      ['failed', 'cancelled'].includes(latestOperation.state) &&
      chance.happens(0.5)
    ) {
      await this.#retry(latestOperation.id);
      return;
    }
    const kind = chance.oneOf(kindsFor(environment));
    await this.#submit(environmentId, {
      kind,
      ...(kind === 'update' && { inputs: subject.inputs(chance) }),
      dryRun: chance.happens(0.1),
      confirm: chance.happens(0.1),
      whenBusy: 'queue',
    });
  }

  async #retry(operationId: string): Promise<void> {
    const idempotencyKey = this.chance.key();
    await this.#accept(() =>
      this.api.retryOperation(operationId, {}, { idempotencyKey }),
    );
  }

  async #submit(
    environmentId: string,
    request: SubmitOperationRequest,
  ): Promise<void> {
    const idempotencyKey = this.chance.key();
    await this.#accept(() =>
      this.api.submitOperation(environmentId, request, { idempotencyKey }),
    );
  }

  async #accept(ask: () => Promise<Operation>): Promise<void> {
    let operation: Operation;
    try {
      operation = await this.#ask(ask);
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      this.record.refused++;
      return;
    }
    this.#accepted(operation);
    // Now and then the next thing is asked for while this one is under way, unless that waits for
    // somebody to confirm it.
    const stays = this.chance.happens(0.85) || operation.confirmation;
    if (stays) await this.#accompany(operation);
  }

  /** Confirms it where it waits, cancels it now and then, and sees it to its end. */
  async #accompany(first: Operation): Promise<void> {
    const { api, chance } = this;
    const cancelAfter = chance.happens(0.08) ? chance.between(1, 8) : undefined;
    let operation = first;
    for (let look = 0; !FINAL.includes(operation.state); look++) {
      if (look === cancelAfter) {
        await this.#unlessLate(() => api.cancelOperation(first.id, {}));
      }
      const planHash = operation.confirmation?.planHash;
      if (operation.state === 'waiting' && planHash) {
        await this.#unlessLate(() =>
          api.confirmOperation(first.id, { planHash }),
        );
      }
      await wait(POLL_MS);
      operation = await this.#ask(() => api.getOperation(first.id));
    }
  }

  #accepted({ id, environmentId }: Operation): void {
    this.record.accepted.push({ operationId: id, environmentId });
  }

  /** It may have ended meanwhile, or the word before may have been heard after all. */
  async #unlessLate(ask: () => Promise<unknown>): Promise<void> {
    try {
      await this.#ask(ask);
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
    }
  }

  #ask<T>(ask: () => Promise<T>): Promise<T> {
    return persistently(ask, () => this.record.askedAgain++);
  }
}

/** Tenants who create, change and destroy environments until enough was asked for. */
export async function loadWith(
  api: EnvironmentsApi,
  subject: Subject,
  chance: Chance,
): Promise<LoadRecord> {
  const record: LoadRecord = { accepted: [], askedAgain: 0, refused: 0 };
  const tenants = Array.from({ length: subject.tenants }, (_, index) =>
    new Tenant(api, subject, chance.stream(), record, index).live(),
  );
  await Promise.all(tenants);
  return record;
}

function kindsFor({
  state,
}: Environment): Exclude<SubmitOperationRequest['kind'], 'destroy'>[] {
  if (state === 'paused') return ['resume'];
  if (state === 'failed') return ['update', 'remediate', 'adopt'];
  return ['update', 'pause', 'remediate', 'adopt'];
}
