import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  LiveComponents,
  LiveDetail,
  Problem,
} from '@greenroom/plugin-environments-common';
import { DriverError } from '@greenroom/plugin-environments-node';
import { EnvironmentAccess } from '../environments/access';
import { ComponentRecord, EnvironmentRecord } from '../environments/types';
import { problemsOf, unexpectedProblem } from '../errors';
import { IdMaker } from '../ids';
import { Mask } from '../operations/run/mask';
import { maskedProblem } from '../operations/steps/stepProblems';
import { NotThereError, SystemProblemError } from './errors';
import { EnvironmentSecrets } from './secrets';
import { LiveSubjects, mayExist, targetOf } from './subjects';
import { SystemCalls } from './systems';
import { toLiveComponent, toLiveDetail } from './view';

/** What runs of environments, by the systems that look after it between operations. */
export class LiveService {
  constructor(
    private readonly options: {
      access: EnvironmentAccess;
      subjects: LiveSubjects;
      secrets: EnvironmentSecrets;
      systems: SystemCalls;
      ids: IdMaker;
      logger: LoggerService;
    },
  ) {}

  /**
   * How each component stands that a system looks after. One question to each driver; who does not
   * answer leaves a problem, and the others are told all the same.
   *
   * @throws EnvironmentNotFoundError
   */
  async list(
    environmentId: string,
    credentials: BackstageCredentials,
  ): Promise<LiveComponents> {
    const { access, subjects, secrets } = this.options;
    const { environment, components } = await subjects.find(environmentId);
    await access.requireRead(credentials, environment);
    const there = components.filter(each => mayExist(environment, each));
    const mask = await secrets.maskOf(environment, there);
    const drivers = [...new Set(there.map(({ driver }) => driver))];
    const answers = await Promise.all(
      drivers.map(driver => {
        const made = there.filter(component => component.driver === driver);
        return this.#observe(driver, environment, made, mask);
      }),
    );
    const items = answers.flatMap(answer => answer.items);
    return {
      items: there.flatMap(({ id }) =>
        items.filter(({ component }) => component === id),
      ),
      problems: answers.flatMap(({ problems }) => problems),
    };
  }

  /**
   * One component with all that is seen of it.
   *
   * @throws EnvironmentNotFoundError, NoSuchComponentError, NothingLooksAfterError, NotThereError
   * @throws SystemProblemError, SystemSilentError
   */
  async get(
    environmentId: string,
    componentId: string,
    credentials: BackstageCredentials,
  ): Promise<LiveDetail> {
    const { access, subjects, secrets, systems } = this.options;
    const subject = await subjects.find(environmentId);
    const { environment, components } = subject;
    await access.requireRead(credentials, environment);
    const { component, live } = subjects.component(subject, componentId);
    if (!mayExist(environment, component)) throw new NotThereError(componentId);
    const mask = await secrets.maskOf(environment, components);
    try {
      const seen = await systems.ask(component.driver, signal =>
        live.inspect(targetOf(environment, component), signal),
      );
      if (!seen) throw new NotThereError(componentId);
      return toLiveDetail(component, seen, mask);
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      throw new SystemProblemError(maskedProblem(mask, error.problem));
    }
  }

  async #observe(
    driver: string,
    environment: EnvironmentRecord,
    components: ComponentRecord[],
    mask: Mask,
  ): Promise<LiveComponents> {
    const { subjects, systems } = this.options;
    try {
      const live = subjects.live(driver);
      if (!live) return { items: [], problems: [] };
      const targets = components.map(each => targetOf(environment, each));
      const { seen, problems } = await systems.ask(driver, signal =>
        live.observe(targets, signal),
      );
      return {
        items: seen.map(({ target, ...found }) =>
          toLiveComponent({ id: target.component, driver }, found, mask),
        ),
        problems: problems.map(problem => maskedProblem(mask, problem)),
      };
    } catch (error) {
      return { items: [], problems: this.#problemsOf(error, driver, mask) };
    }
  }

  #problemsOf(error: unknown, driver: string, mask: Mask): Problem[] {
    const { ids, logger } = this.options;
    if (error instanceof DriverError)
      return [maskedProblem(mask, error.problem)];
    const known = problemsOf(error);
    if (known) return known;
    const reference = ids.id();
    logger.error(
      `The driver ${driver} failed to look at what it made, told as ${reference}`,
      toError(error),
    );
    return [unexpectedProblem(reference)];
  }
}
