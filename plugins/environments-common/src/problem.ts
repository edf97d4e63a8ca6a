/** Where in a source text a problem stands. Lines and columns count from 1. */
export interface SourcePlace {
  /** Path inside the blueprint's snapshot, e.g. `blueprint.yaml` or `site/main.tf`. */
  file: string;
  line?: number;
  column?: number;
}

/**
 * One thing that is wrong, in words a person can act on.
 *
 * `code` is stable and meant for programs; `message` says what is wrong,
 * `remedy` what to do about it. `field` is a JSON pointer into the request
 * (`/inputs/pages`) and `place` a position in a source file; either may be absent.
 */
export interface Problem {
  code: string;
  message: string;
  field?: string;
  place?: SourcePlace;
  remedy?: string;
  /** The tool's own words, in full, for those who want them. */
  detail?: string;
  /** The component that the problem belongs to. */
  component?: string;
  /** The operation that is in the way, or that it is about. */
  operationId?: string;
}

/** The body of every error answer of the API, beside Backstage's own `error` and `response`. */
export interface ProblemsBody {
  problems: Problem[];
}
