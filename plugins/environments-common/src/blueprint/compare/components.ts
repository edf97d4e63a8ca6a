import { JsonObject } from '../../json';
import { stringsIn } from '../graph';
import { hasExpression } from '../template';
import { asObject } from '../values';
import {
  changeOf,
  Difference,
  differences,
  isSame,
  keysOf,
  own,
} from './differences';
import { BlueprintChange } from './types';

/** What differs between the components of two versions. One of another id is another component. */
export function compareComponents(
  before: JsonObject,
  after: JsonObject,
): BlueprintChange[] {
  return keysOf(before, after).flatMap(id => {
    const path = ['spec', 'components', id];
    const pair = { path, before: own(before, id), after: own(after, id) };
    if (pair.before === undefined) return changeOf('component.added', pair);
    if (pair.after === undefined) {
      return changeOf('component.removed', pair, true);
    }
    return compareFields(asObject(pair.before), asObject(pair.after), id);
  });
}

function compareFields(
  before: JsonObject,
  after: JsonObject,
  id: string,
): BlueprintChange[] {
  return keysOf(before, after).flatMap(field => {
    const path = ['spec', 'components', id, field];
    const pair = { path, before: own(before, field), after: own(after, field) };
    if (isSame(pair.before, pair.after)) return [];
    switch (field) {
      case 'with':
        return differences(pair.before, pair.after, path).map(withChange);
      case 'driver':
        // What the one has made, the other knows nothing of.
        return changeOf('component.driver-changed', pair, true);
      case 'source':
        return changeOf('component.source-changed', pair);
      case 'when':
        // Where the new condition is false, an environment loses what it has.
        return changeOf(
          'component.when-changed',
          pair,
          pair.after !== undefined,
        );
      case 'pause':
        return changeOf('component.pause-changed', pair);
      default:
        return differences(pair.before, pair.after, path).map(difference =>
          changeOf('component.changed', difference),
        );
    }
  });
}

function withChange(difference: Difference): BlueprintChange {
  const isWired = [difference.before, difference.after].some(value =>
    [...stringsIn(value)].some(({ text }) => hasExpression(text)),
  );
  return changeOf(
    isWired ? 'component.rewired' : 'component.with-changed',
    difference,
  );
}
