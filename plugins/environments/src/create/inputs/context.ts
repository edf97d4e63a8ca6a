/** What the parts of the inputs' form know of the form around them. */
export interface InputsContext {
  /** Ids of fields that have been left once: before that nothing is said about them. */
  touched: ReadonlySet<string>;
  /** After an attempt to create everything is said. */
  submitted: boolean;
}

/** The error that a field shows now. */
export function shownError(
  id: string,
  errors: string[] | undefined,
  context: InputsContext | undefined,
): string | undefined {
  if (!errors?.length) return undefined;
  return context?.submitted || context?.touched.has(id)
    ? [...new Set(errors)].join(' ')
    : undefined;
}
