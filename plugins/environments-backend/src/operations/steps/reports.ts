import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { DriverResource } from '@greenroom/plugin-environments-node';
import { EnvironmentChanges } from '../../environments/changes';
import { HeldClaim } from '../worker/claim';
import { ReportedResource, withReported } from './strays';

/** A tool that makes a thousand things at once must not write a thousand times. */
const FLUSH_MS = 100;

/**
 * Keeps what drivers say they have made, soon after they say it: should tool, worker and state be
 * lost, the record still knows what to look for.
 */
export class ResourceReports {
  readonly #reported = new Map<string, ReportedResource[]>();
  readonly #unwritten = new Set<string>();
  #timer?: NodeJS.Timeout;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: {
      held: HeldClaim;
      environments: EnvironmentChanges;
      logger: LoggerService;
    },
  ) {}

  /** Takes up what the record holds of a component. */
  load(component: string, reported: ReportedResource[]): void {
    this.#reported.set(component, reported);
  }

  of(component: string): ReportedResource[] {
    return this.#reported.get(component) ?? [];
  }

  add(component: string, resource: DriverResource): void {
    this.#reported.set(component, withReported(this.of(component), resource));
    this.#unwritten.add(component);
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  /** Resolves once everything said so far is kept, or can't be any more. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    await this.#writing;
  }

  /** The step's own end writes the same again: a report that is lost here says nothing about it. */
  async #write(): Promise<void> {
    const { held, environments, logger } = this.options;
    if (this.#unwritten.size === 0) return;
    const components = [...this.#unwritten];
    this.#unwritten.clear();
    try {
      await held.write(async tx => {
        for (const component of components) {
          await environments.changeComponent(
            tx,
            held.claim.environmentId,
            component,
            { reported: this.of(component) },
          );
        }
      });
    } catch (error) {
      logger.warn(
        `Could not keep what operation ${held.claim.operationId} has made of ${components.join(', ')}`,
        toError(error),
      );
    }
  }
}
