import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import {
  BlueprintExpressionError,
  ResolvedProbe,
  resolveProbe,
} from '@greenroom/plugin-environments-common';
import { BlueprintService } from '../../blueprints/service';
import { addSeconds, Clock, earlierOf } from '../../clock';
import { EnvironmentChanges } from '../../environments/changes';
import { StoredOutputs } from '../../environments/outputs';
import { EnvironmentRecord } from '../../environments/types';
import { RecurringWork } from '../../loop';
import { requestScope } from '../../operations/submission/requestScope';
import { Recipients } from '../../watching/recipients';
import { withAnswer } from '../rule';
import { ActivityService } from '../service';
import { ProbeAnswer, ProbeFailure } from './answer';
import { ProbeAsker } from './ask';
import { probeNotice } from './notice';
import { ProbeClaim, ProbeRecord, ProbeStore } from './store';

/** So many are asked at once by one process. */
const LANES = 10;

/** Longer than any answer is waited for: whoever has it still by then is dead. */
const CLAIM_SECONDS = 120;

/** So long a probe may fail before people hear of it. */
const TELL_AFTER_SECONDS = 3600;

/** Asks probes, outside of any transaction. Nobody else asks the same one meanwhile. */
export class ProbeSweep implements RecurringWork {
  readonly name = 'The asking of probes';
  readonly intervalMs = 1000;

  constructor(
    private readonly options: {
      knex: Knex;
      probes: ProbeStore;
      asker: ProbeAsker;
      activity: ActivityService;
      environments: Pick<EnvironmentChanges, 'get' | 'components'>;
      blueprints: Pick<BlueprintService, 'getById'>;
      recipients: Recipients;
      notifications: NotificationService;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  /**
   * Asks all that are due; one that hangs holds up one of several lanes.
   *
   * @returns how many were asked
   */
  async tick(
    now: Date,
    signal = new AbortController().signal,
  ): Promise<number> {
    const lanes = Array.from({ length: LANES }, () => this.#lane(now, signal));
    const asked = await Promise.all(lanes);
    return asked.reduce((sum, one) => sum + one, 0);
  }

  async #lane(now: Date, signal: AbortSignal): Promise<number> {
    const { knex, probes } = this.options;
    const until = addSeconds(now, CLAIM_SECONDS);
    for (let asked = 0; ; asked++) {
      const claim = signal.aborted
        ? undefined
        : await probes.claim(knex, now, until);
      if (!claim) return asked;
      await this.#ask(claim, signal);
    }
  }

  async #ask(claim: ProbeClaim, signal: AbortSignal): Promise<void> {
    const { knex, environments, asker, clock } = this.options;
    const { probe } = claim;
    const environment = await environments.get(knex, probe.environmentId);
    const askedAt = clock.now();
    let after: ProbeRecord;
    let told: ProbeAnswer | undefined;
    try {
      const question = await this.#question(environment, probe.name);
      told = question && (await asker.ask(question, signal));
      after = {
        ...(told
          ? { ...probe, ...withAnswer(probe, told.answer, askedAt) }
          : probe),
        moot: question === undefined,
        value: told?.value,
        problem: undefined,
        failingSince: undefined,
        toldAt: undefined,
      };
    } catch (error) {
      // Stopped while it waited: whoever comes next asks again.
      if (signal.aborted) return;
      after = {
        ...probe,
        problem: this.#problem(error, environment),
        failingSince: probe.failingSince ?? askedAt,
      };
    }
    await this.#write(claim, after, told, askedAt);
    await this.#tell(after, environment, askedAt);
  }

  /** What is known of it and that it was used are written as one. */
  async #write(
    { until }: ProbeClaim,
    after: ProbeRecord,
    told: ProbeAnswer | undefined,
    askedAt: Date,
  ): Promise<void> {
    const { knex, probes, activity } = this.options;
    const { environmentId, name, everySeconds } = after;
    await knex.transaction(async tx => {
      // First, since others lock what is known of an environment before its probes. True either way.
      if (told && told.answer !== false) {
        const { answer, value } = told;
        await activity.note(tx, environmentId, {
          signal: `probe:${name}`,
          at: answer === true ? askedAt : earlierOf(answer, askedAt),
          evidence: { value },
        });
      }
      const claim = { probe: after, until };
      await probes.settle(tx, claim, addSeconds(askedAt, everySeconds));
    });
  }

  /** @returns undefined when it draws on a component that the environment does without */
  async #question(
    environment: EnvironmentRecord,
    name: string,
  ): Promise<ResolvedProbe | undefined> {
    const { knex, environments, blueprints } = this.options;
    const { id, inputs, blueprintVersionId } = environment;
    const blueprint = await blueprints.getById(blueprintVersionId);
    const { document } = blueprint;
    const probe = document.spec.idle?.probes?.find(one => one.name === name);
    if (!probe) return undefined;
    const components = await environments.components(knex, id);
    return resolveProbe(document, probe, {
      ...requestScope(environment, blueprint, inputs),
      components: Object.fromEntries(
        components.map(component => [
          component.id,
          { outputs: shownOutputs(component.outputs) },
        ]),
      ),
    });
  }

  #problem(error: unknown, { id }: EnvironmentRecord): string {
    if (error instanceof ProbeFailure) return error.message;
    if (error instanceof BlueprintExpressionError) return error.problem.message;
    this.options.logger.error(
      `Could not ask a probe of environment ${id}`,
      toError(error),
    );
    return 'it could not be asked; the operators find the reason in their log';
  }

  /** Once for each time that it begins to fail; again when the notifications could not be reached. */
  async #tell(
    probe: ProbeRecord,
    environment: EnvironmentRecord,
    now: Date,
  ): Promise<void> {
    const { knex, probes, recipients, notifications, logger } = this.options;
    const { owner, createdBy } = environment;
    const { failingSince, toldAt, environmentId } = probe;
    if (!failingSince || toldAt) return;
    if (addSeconds(failingSince, TELL_AFTER_SECONDS) > now) return;
    try {
      const to = { environmentId, owner, createdBy };
      const { told } = await recipients.of(knex, to);
      await notifications.send(
        probeNotice(environment, { ...probe, failingSince }, told),
      );
    } catch (error) {
      logger.warn(
        `Could not tell of the probe of environment ${environmentId} that fails`,
        toError(error),
      );
      return;
    }
    await probes.told(knex, probe, now);
  }
}

/** Secret ones without their value: a probe may not draw on them. */
function shownOutputs(outputs: StoredOutputs) {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, output]) => [
      name,
      output.sensitive
        ? { value: null, sensitive: true }
        : { value: output.value, sensitive: false },
    ]),
  );
}
