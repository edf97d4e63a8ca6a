import {
  AttributeChange,
  JsonValue,
  ResourceChange,
} from '@greenroom/plugin-environments-common';
import { DriverPlan } from '@greenroom/plugin-environments-node';
import { digestOf } from '../../digest';
import { Mask } from '../run/mask';
import { StepPlanRecord } from '../types';

/** Longer values are cut: whole files and policies are read elsewhere. */
const CHARACTERS_PER_VALUE = 2000;
/** Of all attributes of one plan, as JSON. What a plan does to which resource is always kept. */
const CHARACTERS_PER_PLAN = 1024 * 1024;

/** What is kept of a plan, with all known secrets blotted out and of a size that can be read. */
export function recordPlan(plan: DriverPlan, mask: Mask): StepPlanRecord {
  let left = CHARACTERS_PER_PLAN;
  let omittedAttributes = 0;
  const kept = (attribute: AttributeChange) => {
    left -= JSON.stringify(attribute).length;
    if (left < 0) omittedAttributes++;
    return left >= 0;
  };
  const changes = plan.changes
    .map(change => recordChange(change, mask))
    .map(({ attributes, ...change }) => ({
      ...change,
      attributes: attributes.filter(kept),
    }));
  const { summary, hash, hasChanges, changedOutputs } = plan;
  return {
    summary,
    changes,
    omittedAttributes,
    hash,
    hasChanges,
    changedOutputs,
    unchanged: false,
    deferredBy: [],
  };
}

/** What a change may show: nothing that is secret, and no value of more than a page. */
export function recordChange(
  change: ResourceChange,
  mask: Mask,
): ResourceChange {
  const { address, type, action, attributes, reason, digest } = change;
  return {
    address: mask.apply(address),
    type,
    action,
    attributes: attributes.map(attribute => recordAttribute(attribute, mask)),
    ...(reason !== undefined && { reason: mask.apply(reason) }),
    digest,
  };
}

/** Nothing of the component's own has changed, so its driver was not even asked. */
export function unchangedPlan(hash: string): StepPlanRecord {
  return { ...emptyPlan(hash), unchanged: true };
}

/** What the component uses must be made before anybody can say what would be made of it. */
export function deferredPlan(deferredBy: string[]): StepPlanRecord {
  return {
    ...emptyPlan(digestOf({ deferredBy })),
    deferredBy,
    hasChanges: true,
  };
}

/** There is nothing to remove. */
export function nothingPlanned(): StepPlanRecord {
  return emptyPlan(digestOf({ changes: [] }));
}

function emptyPlan(hash: string): StepPlanRecord {
  return {
    summary: { add: 0, change: 0, remove: 0 },
    changes: [],
    omittedAttributes: 0,
    hash,
    hasChanges: false,
    unchanged: false,
    deferredBy: [],
  };
}

/** Built anew, so that nothing but the fields we know gets into the record. */
function recordAttribute(
  attribute: AttributeChange,
  mask: Mask,
): AttributeChange {
  const { path, before, after, sensitive, unknown, forcesReplacement } =
    attribute;
  const shown = (value: JsonValue) => shortened(mask.applyTo(value));
  return {
    path: mask.apply(path),
    // A driver should have withheld them; who says "sensitive" is taken at his word.
    ...(before !== undefined && !sensitive && { before: shown(before) }),
    ...(after !== undefined && !sensitive && { after: shown(after) }),
    sensitive,
    unknown,
    forcesReplacement,
  };
}

function shortened(value: JsonValue): JsonValue {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= CHARACTERS_PER_VALUE
    ? value
    : `${text.slice(0, CHARACTERS_PER_VALUE)}… (${text.length} characters)`;
}
