import { createHash } from 'node:crypto';
import {
  JsonObject,
  JsonValue,
  PlanPurpose,
  ResourceAction,
  ResourceChange,
} from '@greenroom/plugin-environments-common';
import { attributeChanges } from '../../attributes';
import { DriverOutput, DriverPlan, DriverResource } from '../../driver';
import { FaultComponent, FaultResource } from './world';

/** How a component is planned beyond its `with`. */
export interface FaultPlanning {
  /** Names of attributes that are secret. */
  sensitive?: string[];
  /** Names of attributes that can't be changed in place. */
  replacedBy?: string[];
}

const isNew = (action: ResourceAction) => ['add', 'replace'].includes(action);

/** What a component is to become. */
export interface FaultWish {
  resources: FaultResource[];
  outputs: Record<string, DriverOutput>;
}

/** Says what has to happen for a component to become what is wanted. */
export function planOf(
  purpose: PlanPurpose,
  now: FaultComponent,
  wanted: FaultWish,
  planning: FaultPlanning = {},
): DriverPlan {
  const changes = changesFor(purpose, now, wanted.resources, planning);
  const outputs = purpose === 'destroy' ? {} : wanted.outputs;
  const count = (...actions: ResourceAction[]) =>
    changes.filter(({ action }) => actions.includes(action)).length;
  return {
    summary: {
      add: count('add', 'replace'),
      change: count('change'),
      remove: count('remove', 'replace'),
    },
    changes,
    hash: digestOf({
      purpose,
      changes: changes.map(({ address, action, digest }) => ({
        address,
        action,
        digest,
      })),
    }),
    hasChanges: changes.length > 0,
    changedOutputs: Object.keys({ ...now.outputs, ...outputs }).filter(
      name =>
        digestOf(now.outputs[name] ?? null) !== digestOf(outputs[name] ?? null),
    ),
  };
}

/** What a component is like once a plan has been carried out; strays stay where they are. */
export function outcomeOf(
  purpose: PlanPurpose,
  now: FaultComponent,
  wanted: FaultWish,
  { changes }: DriverPlan,
  nonce: string,
): Pick<FaultComponent, 'resources' | 'state' | 'outputs'> {
  const { resources, state } = now;
  const known = resources.filter(one => isIn(state, one));
  const strays = resources.filter(one => !isIn(state, one));
  const kept = (address: string) =>
    changes.some(change => change.address === address && isNew(change.action))
      ? undefined
      : known.find(one => one.address === address)?.externalId;
  const next = {
    destroy: [],
    adopt: known,
    apply: wanted.resources.map(one => ({
      ...one,
      externalId: kept(one.address) ?? `${one.address}-${nonce.slice(0, 8)}`,
    })),
  }[purpose];
  return {
    resources: [...strays, ...next],
    state: next,
    outputs: purpose === 'destroy' ? {} : wanted.outputs,
  };
}

function changesFor(
  purpose: PlanPurpose,
  { resources, state }: FaultComponent,
  wanted: FaultResource[],
  planning: FaultPlanning,
): ResourceChange[] {
  const known = resources.filter(one => isIn(state, one));
  switch (purpose) {
    case 'destroy':
      return known.map(one => changeOf(one, undefined, planning));
    case 'adopt':
      return state.flatMap(one => {
        const real = resources.find(other => isSame(other, one));
        return differs(one, real) ? [changeOf(one, real, planning)] : [];
      });
    default:
      return [
        ...wanted.flatMap(one => {
          const real = known.find(({ address }) => address === one.address);
          return differs(real, one) ? [changeOf(real, one, planning)] : [];
        }),
        ...known
          .filter(one => !isAt(wanted, one))
          .map(one => changeOf(one, undefined, planning)),
      ];
  }
}

function changeOf(
  before: FaultResource | undefined,
  after: FaultResource | undefined,
  { sensitive = [], replacedBy = [] }: FaultPlanning,
): ResourceChange {
  const { address, type } = (after ?? before)!;
  const marks = Object.fromEntries(sensitive.map(name => [name, true]));
  const attributes = attributeChanges({
    before: before?.attributes,
    after: after?.attributes,
    beforeSensitive: marks,
    afterSensitive: marks,
    replacePaths: before && after ? replacedBy.map(name => [name]) : [],
  });
  const isReplaced = attributes.some(one => one.forcesReplacement);
  return {
    address,
    type,
    action: actionOf(before, after, isReplaced),
    attributes,
    ...(isReplaced && { reason: 'it can not be changed in place' }),
    digest: digestOf(
      after ? without(after.attributes, sensitive) : 'not there any more',
    ),
  };
}

function actionOf(
  before: FaultResource | undefined,
  after: FaultResource | undefined,
  isReplaced: boolean,
): ResourceAction {
  if (!before) return 'add';
  if (!after) return 'remove';
  return isReplaced ? 'replace' : 'change';
}

/** The same thing: at one address there may be several after a mishap. */
export function isSame(a: DriverResource, b: DriverResource): boolean {
  return a.address === b.address && a.externalId === b.externalId;
}

export function isIn(list: DriverResource[], one: DriverResource): boolean {
  return list.some(other => isSame(other, one));
}

export function isAt(list: DriverResource[], one: DriverResource): boolean {
  return list.some(({ address }) => address === one.address);
}

function differs(
  a: FaultResource | undefined,
  b: FaultResource | undefined,
): boolean {
  return digestOf(a?.attributes ?? null) !== digestOf(b?.attributes ?? null);
}

function without(attributes: JsonObject, names: string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => !names.includes(name)),
  );
}

/** The same for maps whose keys come in another order. */
export function digestOf(value: unknown): string {
  const sorted = JSON.stringify(value, (_key, inner: JsonValue) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  );
  return createHash('sha256').update(sorted).digest('hex');
}
