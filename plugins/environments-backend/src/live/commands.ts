import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  environmentUpdatePermission,
  JsonObject,
} from '@greenroom/plugin-environments-common';
import {
  DriverError,
  DriverLive,
  DriverTarget,
} from '@greenroom/plugin-environments-node';
import { ActivityService } from '../activity/service';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { DestroyedStaysError } from '../environments/errors';
import { EnvironmentRecord } from '../environments/types';
import { problemsOf } from '../errors';
import { givesWay } from '../operations/givesWay';
import { maskedProblem } from '../operations/steps/stepProblems';
import { OperationStore } from '../operations/store/operations';
import {
  busyWith,
  NotThereError,
  PausedStaysError,
  SystemRefusedError,
} from './errors';
import { EnvironmentSecrets } from './secrets';
import { LiveSubjects, mayExist, Subject, targetOf } from './subjects';
import { SystemCalls } from './systems';

/** What a system is asked for. */
interface Command {
  /** In the record, with what became of it. */
  word: 'sync' | 'rollback';
  done: 'synced' | 'rolled-back';
  details: JsonObject;
  ask(
    live: DriverLive,
    target: DriverTarget,
    by: string,
    signal: AbortSignal,
  ): Promise<void>;
}

/** Asks systems for what operations have no part in: what is declared stays as it is. */
export class LiveCommands {
  constructor(
    private readonly options: {
      knex: Knex;
      access: EnvironmentAccess;
      subjects: LiveSubjects;
      operations: OperationStore;
      secrets: EnvironmentSecrets;
      systems: SystemCalls;
      audit: AuditStore;
      activity: Pick<ActivityService, 'note'>;
      clock: Clock;
    },
  ) {}

  /**
   * Asks for what was last applied to be made again. It is under way afterwards.
   *
   * @throws EnvironmentNotFoundError, NotAllowedProblemError, NoSuchComponentError
   * @throws DestroyedStaysError, EnvironmentBusyError, NothingLooksAfterError, NotThereError
   * @throws SystemRefusedError, SystemSilentError
   */
  async sync(
    environmentId: string,
    component: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const subject = await this.#changeable(environmentId, credentials);
    await this.#carryOut(subject, component, credentials, {
      word: 'sync',
      done: 'synced',
      details: {},
      ask: (live, target, by, signal) => live.sync(target, by, signal),
    });
  }

  /**
   * Asks for something that ran before. The same as for a sync, and:
   *
   * @throws PausedStaysError
   */
  async rollBack(
    environmentId: string,
    component: string,
    { to }: { to: string },
    credentials: BackstageCredentials,
  ): Promise<void> {
    const subject = await this.#changeable(environmentId, credentials);
    const { environment, components } = subject;
    if (environment.state === 'paused') {
      throw new PausedStaysError(environment.name);
    }
    // A pause that did not get through leaves some as it has made them.
    const isPaused = components.some(
      ({ id, state }) => id === component && state === 'paused',
    );
    if (isPaused) throw new PausedStaysError(component);
    await this.#carryOut(subject, component, credentials, {
      word: 'rollback',
      done: 'rolled-back',
      details: { to },
      ask: (live, target, by, signal) => live.rollback(target, to, by, signal),
    });
  }

  /** An environment that nobody else works on, which the caller may change. */
  async #changeable(
    environmentId: string,
    credentials: BackstageCredentials,
  ): Promise<Subject> {
    const { knex, access, subjects, operations } = this.options;
    const subject = await subjects.find(environmentId);
    const { environment } = subject;
    await access.require(environmentUpdatePermission, credentials, environment);
    if (environment.destroyedAt) {
      throw new DestroyedStaysError(environment.name);
    }
    // One that begins in a moment finds this under way, as it finds what people do over there.
    const unfinished = await operations.unfinished(knex, environmentId);
    const operation = unfinished.find(each => !givesWay(each));
    if (operation) throw busyWith(operation);
    return subject;
  }

  /**
   * The call is no part of a transaction, and the record of who asked is written before it: should
   * this process end in between, there is nobody who did something and isn't on record.
   */
  async #carryOut(
    subject: Subject,
    componentId: string,
    credentials: BackstageCredentials,
    command: Command,
  ): Promise<void> {
    const { knex, access, subjects, secrets, systems } = this.options;
    const { activity, clock } = this.options;
    const { environment, components } = subject;
    const { component, live } = subjects.component(subject, componentId);
    if (!mayExist(environment, component)) throw new NotThereError(componentId);
    const mask = await secrets.maskOf(environment, components);
    const { actor } = await access.caller(credentials);
    const record = (became: string, more: JsonObject = {}) =>
      this.#record(environment, actor, `component.${became}`, {
        component: componentId,
        ...command.details,
        ...more,
      });

    await record(`${command.word}.requested`);
    try {
      const target = targetOf(environment, component);
      await systems.ask(component.driver, signal =>
        command.ask(live, target, actor, signal),
      );
    } catch (error) {
      const told =
        error instanceof DriverError
          ? new SystemRefusedError(maskedProblem(mask, error.problem))
          : error;
      const [problem] = problemsOf(told) ?? [];
      await record(`${command.word}.failed`, {
        code: problem?.code ?? 'unexpected',
      });
      throw told;
    }
    await record(command.done);
    // Its system leaves it to us to tell of what somebody asked for through us.
    const note = `${command.done} ${componentId}`;
    await activity.note(knex, environment.id, {
      signal: 'live',
      at: clock.now(),
      evidence: { by: actor, note },
    });
  }

  async #record(
    { id }: EnvironmentRecord,
    actor: string,
    action: string,
    details: JsonObject,
  ): Promise<void> {
    const { knex, audit, clock } = this.options;
    const at = clock.now();
    await audit.append(knex, {
      at,
      actor,
      action,
      environmentId: id,
      details,
    });
  }
}
