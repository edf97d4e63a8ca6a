/** What `show -json` says of a saved plan, as far as it is read here (format version 1). */
export interface TerraformPlanDocument {
  format_version: string;
  resource_changes?: PlannedResource[];
  output_changes?: Record<string, PlannedChange>;
}

export interface PlannedResource {
  address: string;
  mode: 'managed' | 'data';
  type: string;
  change: PlannedChange;
}

/** `create`+`delete` in either order is a replacement; `forget` leaves the thing and drops the state. */
export type PlannedAction =
  'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget';

export interface PlannedChange {
  actions: PlannedAction[];
  after?: unknown;
  /** Same shape as `after`: true where the value is known only after the apply. */
  after_unknown?: unknown;
  /** Same shape as `after`: true where the value is sensitive. */
  after_sensitive?: unknown;
}
