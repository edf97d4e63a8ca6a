import { JsonObject } from '../json';
import { Problem } from '../problem';
import { Locator } from './locator';
import { asObject } from './values';

/** What is wrong with the estimate of a document whose fields are right one by one. */
export function checkCost(spec: JsonObject, locate: Locator): Problem[] {
  const { currency, asleep } = asObject(spec.cost);
  const problem = (key: string, message: string, remedy: string): Problem => ({
    code: 'blueprint.cost',
    message,
    place: locate.value(['spec', 'cost', key]),
    remedy,
  });
  const problems: Problem[] = [];
  if (
    typeof currency === 'string' &&
    /^[A-Z]{3}$/.test(currency) &&
    !Intl.supportedValuesOf('currency').includes(currency)
  ) {
    problems.push(
      problem(
        'currency',
        `There is no currency ${currency}.`,
        'Write its code by ISO 4217, such as EUR or USD.',
      ),
    );
  }
  const pauses = Object.values(asObject(spec.components)).some(
    component => asObject(component).pause !== undefined,
  );
  if (asleep !== undefined && !pauses) {
    problems.push(
      problem(
        'asleep',
        'Nothing can be paused: no component says what a pause changes in it.',
        'Say in a component what a pause changes, by "pause: {with: …}", or take asleep out.',
      ),
    );
  }
  return problems;
}
