import { JsonValue } from '../json';
import { BlueprintDocument } from './document';
import { readExpression } from './expression';
import { readTemplate } from './template';
import { DocumentPath } from './locator';

export interface ComponentNode {
  id: string;
  driver: string;
  source: string;
  /** Pausing its environment changes it. */
  pausable: boolean;
  /** What it draws on, each with the names of the outputs used. */
  uses: { component: string; outputs: string[] }[];
}

/**
 * The components of a blueprint as the author wrote them, except that each follows all that it uses.
 */
export function componentGraph(document: {
  spec: Pick<BlueprintDocument['spec'], 'components'>;
}): ComponentNode[] {
  const nodes = Object.entries(document.spec.components).map(
    ([id, { driver, source, with: given, pause }]) => ({
      id,
      driver,
      source,
      pausable: pause !== undefined,
      uses: usesOf([given, pause?.with ?? {}]),
    }),
  );
  const { order } = orderOf(
    new Map(nodes.map(n => [n.id, n.uses.map(use => use.component)])),
  );
  return order.map(id => nodes.find(node => node.id === id)!);
}

/** Every string inside a value, with the way to it. */
export function* stringsIn(
  value: JsonValue | undefined,
  path: DocumentPath = [],
): Generator<{ text: string; path: DocumentPath }> {
  if (typeof value === 'string') {
    yield { text: value, path };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* stringsIn(item, [...path, index]);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      yield* stringsIn(inner, [...path, key]);
    }
  }
}

function usesOf(given: JsonValue): ComponentNode['uses'] {
  const outputs = new Map<string, Set<string>>();
  for (const { text } of stringsIn(given)) {
    for (const part of readTemplate(text).parts) {
      if (part.kind !== 'expression') continue;
      for (const { component, output } of readExpression(part.source)
        .references) {
        outputs.set(
          component,
          (outputs.get(component) ?? new Set()).add(output),
        );
      }
    }
  }
  return [...outputs].map(([component, names]) => ({
    component,
    outputs: [...names],
  }));
}

/**
 * Orders a graph, given by what each node uses. A node on a cycle, or behind one, has no place in
 * the order; `cycle` is then one cycle, each using the next, the first also at the end.
 */
export function orderOf(uses: Map<string, string[]>): {
  order: string[];
  cycle?: string[];
} {
  const order: string[] = [];
  const done = new Set<string>();
  const stuck = new Set<string>();
  const trail: string[] = [];
  let cycle: string[] | undefined;

  const visit = (id: string): boolean => {
    if (done.has(id)) return true;
    if (stuck.has(id)) return false;
    if (trail.includes(id)) {
      cycle ??= [...trail.slice(trail.indexOf(id)), id];
      return false;
    }
    trail.push(id);
    const known = (uses.get(id) ?? []).filter(other => uses.has(other));
    const reached = known.map(visit).every(Boolean);
    trail.pop();
    if (reached) {
      done.add(id);
      order.push(id);
    } else {
      stuck.add(id);
    }
    return reached;
  };

  for (const id of uses.keys()) visit(id);
  return { order, cycle };
}
