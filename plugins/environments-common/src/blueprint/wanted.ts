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
  return wantedAmong(document, scope, Object.keys(document.spec.components));
}

/** Those of some components that an environment does without. */
export function absentAmong(
  document: BlueprintDocument,
  scope: BlueprintRequestScope,
  ids: string[],
): Set<string> {
  const wanted = wantedAmong(document, scope, ids);
  return new Set(ids.filter(id => !wanted.has(id)));
}

function wantedAmong(
  document: BlueprintDocument,
  scope: BlueprintRequestScope,
  ids: string[],
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
  const { components } = document.spec;
  return new Set(ids.filter(id => isWanted(id, components[id].when)));
}
