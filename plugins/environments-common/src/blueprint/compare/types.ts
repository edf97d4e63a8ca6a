import { JsonValue } from '../../json';

/** Everything that a comparison of two versions may tell of. */
export const BLUEPRINT_CHANGE_KINDS = [
  'input.added',
  'input.removed',
  'input.required',
  'input.optional',
  'input.default-changed',
  'input.type-changed',
  'input.limits-changed',
  'input.presentation-changed',
  'inputs.rules-changed',
  'inputs.presentation-changed',
  'component.added',
  'component.removed',
  'component.driver-changed',
  'component.source-changed',
  'component.rewired',
  'component.with-changed',
  'component.when-changed',
  'component.pause-changed',
  'component.changed',
  'output.added',
  'output.removed',
  'output.changed',
  'ttl.changed',
  'spec.changed',
  'metadata.changed',
] as const;

/**
 * - `input.required`, `input.optional`: one that was there already, and must or need no longer be
 *   given;
 * - `input.limits-changed`: what values it takes; `input.presentation-changed`: what a form makes
 *   of it; `inputs.rules-changed`: what inputs mean to each other, such as `if` and `then`;
 * - `component.rewired`: an expression in its `with` is new, gone or another one;
 *   `component.with-changed`: a plain value in it;
 * - `component.changed`, `spec.changed`, `metadata.changed`: any other field.
 *
 * @public
 */
export type BlueprintChangeKind = (typeof BLUEPRINT_CHANGE_KINDS)[number];

/**
 * One thing that differs between two versions of a blueprint.
 *
 * @public
 */
export interface BlueprintChange {
  kind: BlueprintChangeKind;
  /** JSON pointer into the document: `/spec/components/web/with/pages`. */
  path: string;
  /** Absent: it was not there. */
  before?: JsonValue;
  /** Absent: it is not there any more. */
  after?: JsonValue;
  /**
   * It may keep a running environment from being upgraded as it is: an input must be given or given
   * anew, or a component or an output goes away.
   */
  breaking: boolean;
}
