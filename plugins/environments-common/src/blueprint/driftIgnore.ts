import { ASTNode } from '@marcbachmann/cel-js';
import { JsonObject } from '../json';
import { Problem } from '../problem';
import { readExpression } from './expression';
import { member } from './expressionTree';
import { didYouMean } from './nearest';
import { Locator } from './locator';
import { asObject } from './values';

const EXAMPLE = 'components.database.resources["aws_db_instance.main"].tags';

/** What drift is not looked for in: resources of components, or attributes of theirs. */
export function checkDriftIgnore(spec: JsonObject, locate: Locator): Problem[] {
  const { ignore } = asObject(spec.drift);
  if (!Array.isArray(ignore)) return [];
  const components = Object.keys(asObject(spec.components));
  return ignore.flatMap((text, index) => {
    if (typeof text !== 'string') return [];
    const place = locate.value(['spec', 'drift', 'ignore', String(index)]);
    const code = 'blueprint.drift';
    const names = namesOf(readExpression(text).ast);
    if (names?.[0] !== 'components' || names[2] !== 'resources' || !names[3]) {
      const message = `"${text.slice(0, 80)}" names no resource.`;
      return [{ code, message, place, remedy: `Write it like ${EXAMPLE}.` }];
    }
    const [, component] = names;
    if (components.includes(component)) return [];
    const message = `There is no component "${component}".`;
    return [
      { code, message, place, remedy: didYouMean(component, components) },
    ];
  });
}

/** The steps of a way such as `a.b["c"]`; undefined for anything else. */
function namesOf(node: ASTNode | undefined): string[] | undefined {
  if (!node) return undefined;
  if (node.op === 'id') return [node.args];
  const step = member(node);
  const before = step && namesOf(step.of);
  return before && [...before, step.name];
}
