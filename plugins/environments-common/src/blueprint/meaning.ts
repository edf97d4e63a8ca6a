import { valid as validSemver } from 'semver';
import { JsonObject, JsonValue } from '../json';
import { Problem } from '../problem';
import { scheduleFaults } from '../schedule';
import { checkCost } from './costCheck';
import { orderOf, stringsIn } from './graph';
import { checkIdle } from './idleCheck';
import { readSource } from './source';
import { hasExpression } from './template';
import { checkTtl } from './ttlCheck';
import { ComponentReference } from './expressions';
import { asObject } from './values';
import { DocumentPath, Locator } from './locator';

/**
 * What the parts of a document mean, beyond their shape. Takes documents of any shape and
 * judges what is there: an author hears of everything at once.
 */
export function checkMeaning(document: JsonObject, locate: Locator): Problem[] {
  const spec = asObject(document.spec);
  return [
    ...checkVersion(spec.version, locate),
    ...checkSources(asObject(spec.components), locate),
    ...checkTtl(spec, locate),
    ...checkSchedule(spec.schedule, locate),
    ...checkIdle(spec, locate),
    ...checkCost(spec, locate),
    ...checkStrayExpressions(spec, locate),
  ];
}

function checkVersion(version: JsonValue, locate: Locator): Problem[] {
  if (typeof version !== 'string' || validSemver(version) === version) {
    return [];
  }
  const meant = validSemver(version) ?? '1.0.0';
  return [
    {
      code: 'blueprint.version',
      message: `spec.version "${version}" is not a semantic version.`,
      place: locate.value(['spec', 'version']),
      remedy: `Write three numbers, such as ${meant}.`,
    },
  ];
}

function checkSources(components: JsonObject, locate: Locator): Problem[] {
  return Object.entries(components).flatMap(([id, component]) => {
    const { source } = asObject(component);
    if (typeof source !== 'string') return [];
    const place = locate.value(['spec', 'components', id, 'source']);
    // Told of as a stray expression.
    if (hasExpression(source)) return [];
    const read = readSource(source);
    return 'code' in read ? [{ ...read, place, component: id }] : [];
  });
}

function checkSchedule(
  schedule: JsonValue | undefined,
  locate: Locator,
): Problem[] {
  const { sleep, wake, timeZone } = asObject(schedule);
  const text = (value: JsonValue | undefined) =>
    typeof value === 'string' && !hasExpression(value) ? value : undefined;
  return scheduleFaults({
    sleep: text(sleep),
    wake: text(wake),
    timeZone: text(timeZone),
  }).map(({ field, ...told }) => ({
    code: 'blueprint.schedule',
    ...told,
    place: locate.value(['spec', 'schedule', field]),
  }));
}

/** Expressions where nobody would resolve them. */
function checkStrayExpressions(spec: JsonObject, locate: Locator): Problem[] {
  const problems: Problem[] = [];
  for (const { text, path } of stringsIn(spec)) {
    if (!hasExpression(text) || isResolved(path)) continue;
    problems.push({
      code: 'blueprint.expression.place',
      message: `Expressions are not resolved in spec.${path.join('.')}.`,
      place: locate.expression(['spec', ...path], 0),
      remedy:
        "They may stand in a component's with, pause.with and when, in the value of an output, in the url and query of a probe, and in perDay of the cost.",
    });
  }
  return problems;
}

function isResolved(path: DocumentPath): boolean {
  const [section, key, field, inner, last] = path;
  if (section === 'cost') return key === 'perDay';
  if (section === 'idle') {
    return inner !== undefined && (last === 'url' || last === 'query');
  }
  if (section === 'outputs') return field === 'value';
  if (section !== 'components') return false;
  return (
    field === 'with' ||
    field === 'when' ||
    (field === 'pause' && inner === 'with')
  );
}

/** Components that wait for each other, or for one that does not exist. */
export function checkGraph(
  components: string[],
  references: ComponentReference[],
): Problem[] {
  const uses = new Map(components.map(id => [id, [] as string[]]));
  for (const { from, to } of references) {
    if (from !== undefined) uses.get(from)?.push(to);
  }
  const { cycle } = orderOf(uses);
  if (!cycle) return [];
  const closing = references.find(
    ({ from, to }) => from === cycle.at(-2) && to === cycle.at(-1),
  );
  const isSelf = cycle.length === 2;
  return [
    {
      code: 'blueprint.component.cycle',
      message: isSelf
        ? `Component "${cycle[0]}" uses its own output.`
        : `Components wait for each other: ${cycle.join(' uses ')}.`,
      place: closing?.place,
      component: cycle.at(-2),
      remedy: 'Take one of these uses out.',
    },
  ];
}
