import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { DriverResource } from '../driver';

/** What a {@link FaultDriver} has made for one component. */
export interface FaultComponent {
  /** Digest of the `with` that the last whole apply was given. */
  withDigest?: string;
  resources: DriverResource[];
}

/** The world in which a {@link FaultDriver} makes things: tests look here for what exists. */
export interface FaultWorld {
  get(environmentId: string, component: string): FaultComponent | undefined;
  set(environmentId: string, component: string, made: FaultComponent): void;
  delete(environmentId: string, component: string): void;
  /** `environment id/component id` of everything that exists, sorted. */
  keys(): string[];
}

const keyOf = (environmentId: string, component: string) =>
  `${environmentId}/${component}`;

/** A world that ends with its process. */
export class MemoryFaultWorld implements FaultWorld {
  readonly #made = new Map<string, FaultComponent>();

  get(environmentId: string, component: string) {
    return this.#made.get(keyOf(environmentId, component));
  }

  set(environmentId: string, component: string, made: FaultComponent) {
    this.#made.set(keyOf(environmentId, component), made);
  }

  delete(environmentId: string, component: string) {
    this.#made.delete(keyOf(environmentId, component));
  }

  keys() {
    return [...this.#made.keys()].sort();
  }
}

/**
 * A world that outlives the process that changes it: for tests that kill one.
 * One writer at a time; each change is one atomic rename.
 */
export class FileFaultWorld implements FaultWorld {
  constructor(private readonly file: string) {}

  get(environmentId: string, component: string) {
    return this.#read()[keyOf(environmentId, component)];
  }

  set(environmentId: string, component: string, made: FaultComponent) {
    this.#write({ ...this.#read(), [keyOf(environmentId, component)]: made });
  }

  delete(environmentId: string, component: string) {
    const { [keyOf(environmentId, component)]: _gone, ...rest } = this.#read();
    this.#write(rest);
  }

  keys() {
    return Object.keys(this.#read()).sort();
  }

  #read(): Record<string, FaultComponent | undefined> {
    if (!existsSync(this.file)) return {};
    return JSON.parse(readFileSync(this.file, 'utf8'));
  }

  #write(made: Record<string, FaultComponent | undefined>) {
    const next = `${this.file}.${process.pid}`;
    writeFileSync(next, JSON.stringify(made));
    renameSync(next, this.file);
  }
}
