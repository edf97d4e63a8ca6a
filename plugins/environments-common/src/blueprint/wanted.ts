import { BlueprintDocument } from './document';
import { BlueprintRequestScope, evaluator, noValue } from './evaluate';
import { readTemplate } from './template';

/**
 * Ids of the components that an environment has: all whose `when` is true or absent.
 *
 * @throws BlueprintExpressionError when a condition has no value, or one that is not a boolean
 */
export function wantedComponents(
  document: BlueprintDocument,
  scope: BlueprintRequestScope,
): Set<string> {
  const evaluate = evaluator(document, { ...scope, components: {} }, new Set());
  const isWanted = (id: string, when?: string) => {
    if (when === undefined) return true;
    const source = readTemplate(when).whole ?? when;
    const at = `components.${id}.when`;
    const value = evaluate(source, at, id);
    if (typeof value === 'boolean') return value;
    throw noValue(source, at, 'It is neither true nor false.', id);
  };
  return new Set(
    Object.entries(document.spec.components)
      .filter(([id, { when }]) => isWanted(id, when))
      .map(([id]) => id),
  );
}

/** The others: what a blueprint names and this environment does without. */
export function absentComponents(
  document: BlueprintDocument,
  scope: BlueprintRequestScope,
): Set<string> {
  const wanted = wantedComponents(document, scope);
  const all = Object.keys(document.spec.components);
  return new Set(all.filter(id => !wanted.has(id)));
}
