import {
  FleetOrder,
  FleetUpgradeRequest,
  JsonObject,
  MaintenanceWindow,
} from '@greenroom/plugin-environments-common';

import {
  checkSelector,
  draftOf,
  enteredIn,
  errorIn,
  LabelsDraft,
} from '../../labels/draft';

/** The size of a wave, being chosen. */
export interface WaveDraft {
  size: number;
  unit: 'count' | 'percent';
}

/** A fleet upgrade as its form holds it. */
export interface FleetDraft {
  blueprint: string;
  /** The recommended one when absent. */
  version?: string;
  from: string[];
  owner: string[];
  label: LabelsDraft;
  order: FleetOrder;
  waves: WaveDraft[];
  concurrency: number;
  failureBudget: number;
  windows: MaintenanceWindow[];
  inputs: JsonObject;
  reason: string;
}

/** A small first wave, and no failure: what one would choose in doubt. */
export function newDraft(blueprint: string): FleetDraft {
  return {
    blueprint,
    from: [],
    owner: [],
    label: draftOf(),
    order: 'name',
    waves: [{ size: 1, unit: 'count' }],
    concurrency: 5,
    failureBudget: 0,
    windows: [],
    inputs: {},
    reason: '',
  };
}

export function toRequest(draft: FleetDraft): FleetUpgradeRequest {
  const { blueprint, version, from, owner, windows, inputs } = draft;
  const { order, concurrency, failureBudget, reason } = draft;
  const label = [...enteredIn(draft.label, checkSelector)];
  return {
    selection: {
      blueprint,
      version: from.length > 0 ? from : undefined,
      owner: owner.length > 0 ? owner : undefined,
      label: label.length > 0 ? label : undefined,
    },
    version,
    order,
    waves: draft.waves.map(({ size, unit }) =>
      unit === 'count' ? { count: size } : { percent: size },
    ),
    concurrency,
    failureBudget,
    windows: windows.length > 0 ? windows : undefined,
    inputs: Object.keys(inputs).length > 0 ? inputs : undefined,
    reason: reason.trim(),
  };
}

/** What is missing before the server can be asked; undefined when nothing is. */
export function missingIn({ blueprint, label, windows }: FleetDraft) {
  if (!blueprint) return 'Choose a blueprint.';
  if (errorIn(label, checkSelector))
    return 'Correct the label, or leave it out.';
  if (windows.some(({ days }) => days.length === 0)) {
    return 'Choose the days of each window.';
  }
  return undefined;
}

/** The part of a schema that only knows some inputs, all of which are needed. */
export function schemaOf(schema: JsonObject, names: string[]): JsonObject {
  const properties = (schema.properties ?? {}) as JsonObject;
  const known = names.filter(name => Object.hasOwn(properties, name));
  return {
    type: 'object',
    required: known,
    properties: Object.fromEntries(known.map(name => [name, properties[name]])),
  };
}
