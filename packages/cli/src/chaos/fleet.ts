import { BackendProcess } from '../processes/backendProcess';
import { Chance } from './random';

/** Workers that are killed and come back, always as many as were asked for. */
export class WorkerFleet {
  readonly #workers = new Map<number, BackendProcess>();
  readonly #stopped = new Set<BackendProcess>();
  readonly #starting = new Set<Promise<void>>();
  #closing = false;

  /** @param start - starts the worker of a place in the fleet; resolves once its process runs */
  constructor(
    private readonly start: (place: number) => Promise<BackendProcess>,
  ) {}

  async open(size: number): Promise<void> {
    for (let place = 0; place < size; place++) await this.#fill(place);
    await Promise.all(
      [...this.#workers.values()].map(worker => worker.untilReady()),
    );
  }

  /** SIGKILL; another one takes its place. */
  async kill(chance: Chance): Promise<boolean> {
    const worker = this.#awake(chance);
    if (!worker) return false;
    await worker.stop('SIGKILL');
    return true;
  }

  /** SIGSTOP; whoever asked wakes it again. */
  stopOne(chance: Chance): Pick<BackendProcess, 'signal'> | undefined {
    // One is always left to go on with the work.
    if (this.#stopped.size + 1 >= this.#workers.size) return undefined;
    const worker = this.#awake(chance);
    if (!worker) return undefined;
    worker.signal('SIGSTOP');
    this.#stopped.add(worker);
    return {
      signal: signal => {
        this.#stopped.delete(worker);
        worker.signal(signal);
      },
    };
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#starting);
    await Promise.all(
      [...this.#workers.values()].map(async worker => {
        worker.signal('SIGCONT');
        await worker.stop();
      }),
    );
  }

  #awake(chance: Chance): BackendProcess | undefined {
    const awake = [...this.#workers.values()].filter(
      worker => !this.#stopped.has(worker) && !worker.isOver,
    );
    return awake.length > 0 ? chance.oneOf(awake) : undefined;
  }

  async #fill(place: number): Promise<void> {
    const worker = await this.start(place);
    this.#workers.set(place, worker);
    worker.exited.then(() => {
      this.#stopped.delete(worker);
      if (this.#closing) return;
      const started = this.#fill(place).finally(() =>
        this.#starting.delete(started),
      );
      this.#starting.add(started);
    });
  }
}
