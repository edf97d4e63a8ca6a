import { StateBodyError, StateMovedError } from './errors';
import { LockInfo } from './types';

/** Where a state stands in its history. */
export interface StatePlace {
  serial: number;
  lineage: string;
}

/** What Greenroom reads of a state file; all else is the tool's own. */
export interface StateDocument extends StatePlace {
  /** Instances that it manages; what is only read does not count. */
  resources: number;
}

/** @throws StateBodyError when the body is no state file */
export function readStateDocument(body: Buffer): StateDocument {
  const { serial, lineage, resources } = readObject(body, 'state');
  if (typeof serial !== 'number' || !Number.isSafeInteger(serial)) {
    throw new StateBodyError('The state has no whole number as its serial.');
  }
  if (typeof lineage !== 'string' || lineage === '') {
    throw new StateBodyError('The state has no lineage.');
  }
  return { serial, lineage, resources: countManaged(resources) };
}

/**
 * The same state under another serial. Only that number is changed, in the text itself: numbers
 * may be larger than JavaScript's, and would come back as others.
 */
export function withSerial(body: Buffer, serial: number): Buffer {
  const text = body.toString('utf8');
  for (const found of text.matchAll(/"serial"\s*:\s*(\d+)/g)) {
    const end = found.index + found[0].length;
    const begin = end - found[1].length;
    const changed = Buffer.from(
      `${text.slice(0, begin)}${serial}${text.slice(end)}`,
    );
    // Resources may have a field of that name too.
    if (readStateDocument(changed).serial === serial) return changed;
  }
  throw new StateBodyError('The state has no serial that can be raised.');
}

/** @throws StateBodyError when the body is no lock info */
export function readLockInfo(body: Buffer): LockInfo {
  const info = readObject(body, 'lock info');
  if (typeof info.ID !== 'string' || info.ID === '') {
    throw new StateBodyError('The lock info has no ID.');
  }
  return { ...info, ID: info.ID };
}

/**
 * Whether a state may follow another: same lineage, higher serial. The very same again is what a
 * tool sends that did not hear the answer, and is no new version.
 *
 * @throws StateMovedError when it may not
 */
export function followState(
  latest: (StatePlace & { same: boolean }) | undefined,
  next: StatePlace,
): 'new' | 'repeated' {
  if (!latest) return 'new';
  if (latest.lineage !== next.lineage) {
    throw new StateMovedError(
      `The state kept here has the lineage ${latest.lineage}, the one sent ${next.lineage}: they are not of the same history.`,
    );
  }
  if (next.serial > latest.serial) return 'new';
  if (next.serial === latest.serial && latest.same) return 'repeated';
  throw new StateMovedError(
    `The state kept here has serial ${latest.serial}; one with serial ${next.serial} would undo it.`,
  );
}

function countManaged(resources: unknown): number {
  if (!Array.isArray(resources)) return 0;
  return resources
    .filter(resource => resource?.mode === 'managed')
    .reduce((sum, { instances }) => sum + (instances?.length ?? 0), 0);
}

function readObject(body: Buffer, what: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { ...value };
    }
  } catch {
    // Said below, in words of our own.
  }
  throw new StateBodyError(`The ${what} is not a JSON object.`);
}
