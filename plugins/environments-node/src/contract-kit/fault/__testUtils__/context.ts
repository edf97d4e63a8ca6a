import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DriverContext, DriverResource } from '../../../driver';

/** Gives each test folders of its own. */
export function useFolders(): (name: string) => string {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'fault-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  return name => join(root, name);
}

/** A call as a worker would make it, and what it heard. */
export function contextIn(
  folder: string,
  given: Partial<Omit<DriverContext, 'component'>> & {
    component?: Partial<DriverContext['component']>;
  } = {},
) {
  const lines: string[] = [];
  const made: DriverResource[] = [];
  const context: DriverContext = {
    operationId: 'operation-1',
    fence: 1,
    environment: {
      id: 'environment-1',
      name: 'blue',
      owner: 'user:default/ann',
      type: 'sandbox',
    },
    state: {
      address: '',
      lockAddress: '',
      unlockAddress: '',
      username: '',
      password: '',
    },
    log: line => lines.push(line.text),
    made: resource => made.push(resource),
    signal: new AbortController().signal,
    ...given,
    component: {
      id: 'site',
      with: { size: 1 },
      paused: false,
      folder,
      sourcePath: 'site',
      ...given.component,
    },
  };
  return { context, lines, made };
}
