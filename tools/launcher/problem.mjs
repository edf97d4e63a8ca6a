/**
 * Something the person at the keyboard can mend: what is wrong, and what to
 * do about it. Printed without a stack; any other error is a defect of ours.
 */
export class Problem extends Error {
  /**
   * @param {string} message what is wrong, with the place
   * @param {string[]} remedies one line each: what to do
   */
  constructor(message, remedies = []) {
    super(message);
    this.name = 'Problem';
    this.remedies = remedies;
  }
}

/** The problem as lines for the terminal. */
export function describeProblem(error) {
  return [error.message, ...error.remedies.map(line => `  → ${line}`)];
}
