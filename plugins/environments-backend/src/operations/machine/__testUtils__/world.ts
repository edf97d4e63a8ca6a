/** One call of a driver, as an invariant needs to know it. */
export interface Call {
  operation: string;
  dryRun: boolean;
  component: string;
  action: 'plan' | 'apply' | 'destroy' | 'prove';
  /** Of a destroy: components that point to this one while it goes away. */
  users: string[];
  /** Of an apply: components that it draws on and that are not there. */
  missing: string[];
}

/**
 * What really exists, with what it points to, whatever the record says. An apply that is
 * interrupted may have done nothing, all, or something between.
 */
export class World {
  readonly calls: Call[] = [];
  readonly #pointers = new Map<string, Set<string>>();

  get existing(): string[] {
    return [...this.#pointers.keys()];
  }

  /** Whether an apply would change anything. */
  differs(component: string, uses: string[]): boolean {
    const pointers = this.#pointers.get(component);
    return (
      !pointers ||
      pointers.size !== uses.length ||
      uses.some(used => !pointers.has(used))
    );
  }

  exists(component: string): boolean {
    return this.#pointers.has(component);
  }

  /** @param uses what an apply draws on */
  call(call: Omit<Call, 'users' | 'missing'>, uses: string[] = []): void {
    const users =
      call.action === 'destroy' ? this.#usersOf(call.component) : [];
    const missing = uses.filter(used => !this.exists(used));
    this.calls.push({ ...call, users, missing });
  }

  /** @param extent 0: nothing of it happened; 1: the old and the new are there; 2: all of it */
  apply(component: string, uses: string[], extent: 0 | 1 | 2): void {
    if (extent === 0) return;
    const before = extent === 1 ? (this.#pointers.get(component) ?? []) : [];
    this.#pointers.set(component, new Set([...before, ...uses]));
  }

  destroy(component: string, extent: 0 | 1 | 2): void {
    if (extent === 2) this.#pointers.delete(component);
  }

  #usersOf(component: string): string[] {
    return [...this.#pointers]
      .filter(([id, pointers]) => id !== component && pointers.has(component))
      .map(([id]) => id);
  }
}
