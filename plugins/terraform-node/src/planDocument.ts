/** What `show -json` says of a saved plan, as far as it is read here (format version 1). */
export interface TerraformPlanDocument {
  format_version: string;
  /** What an apply would do. */
  resource_changes?: PlannedResource[];
  /** What has changed outside since the last run; all there is in a plan that only refreshes. */
  resource_drift?: PlannedResource[];
  output_changes?: Record<string, PlannedChange>;
}

export interface PlannedResource {
  address: string;
  mode: 'managed' | 'data';
  type: string;
  change: PlannedChange;
  /** Key of an object that a replacement has left behind and that is removed now. */
  deposed?: string;
  /** A word for why: `replace_because_tainted`. */
  action_reason?: string;
}

/** `create`+`delete` in either order is a replacement; `forget` leaves the thing and drops the state. */
export type PlannedAction =
  'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget';

export interface PlannedChange {
  actions: PlannedAction[];
  before?: unknown;
  after?: unknown;
  /** Same shape as `after`: true where the value is known only after the apply. */
  after_unknown?: unknown;
  /** Same shape as `before`: true where the value is sensitive. */
  before_sensitive?: unknown;
  /** Same shape as `after`: true where the value is sensitive. */
  after_sensitive?: unknown;
  /** Ways to attributes that can't be changed in place. */
  replace_paths?: (string | number)[][];
}
