import { JsonObject, JsonValue } from '../../json';
import { DocumentPath } from '../locator';
import { asObject } from '../values';
import { changeOf, isMap, isSame, keysOf, own } from './differences';
import { narrows } from './narrowing';
import { BlueprintChange, BlueprintChangeKind } from './types';

const INPUTS = ['spec', 'inputs'];

/** Keywords that change what a form looks like, and no value's being right or wrong. */
const PRESENTATION = ['title', 'description', 'examples', '$comment'];

const isPresentation = (keyword: string) =>
  PRESENTATION.includes(keyword) || keyword.startsWith('ui:');

/** What differs between the schemas of two versions' inputs. */
export function compareInputs(
  before: JsonObject,
  after: JsonObject,
): BlueprintChange[] {
  const properties = [before, after].map(each => asObject(each.properties));
  const required = [before, after].map(requiredOf);
  const names = new Set([
    ...keysOf(properties[0], properties[1]),
    ...required.flat(),
  ]);
  const changes = [...names].flatMap(name =>
    compareInput(name, {
      before: own(properties[0], name),
      after: own(properties[1], name),
      wasRequired: required[0].includes(name),
      isRequired: required[1].includes(name),
    }),
  );
  return [...changes, ...compareRules(before, after)];
}

function requiredOf({ required }: JsonObject): string[] {
  const names = Array.isArray(required) ? required : [];
  return names.filter(name => typeof name === 'string');
}

interface InputPair {
  before?: JsonValue;
  after?: JsonValue;
  wasRequired: boolean;
  isRequired: boolean;
}

function compareInput(name: string, pair: InputPair): BlueprintChange[] {
  const { before, after, wasRequired, isRequired } = pair;
  const path = [...INPUTS, 'properties', name];
  const mustBeGiven = isRequired && asObject(after).default === undefined;
  if (before === undefined && after !== undefined) {
    return [changeOf('input.added', { path, after }, mustBeGiven)];
  }
  if (before !== undefined && after === undefined) {
    return [changeOf('input.removed', { path, before }, true)];
  }
  const changes: BlueprintChange[] = [];
  if (wasRequired !== isRequired) {
    const kind = isRequired ? 'input.required' : 'input.optional';
    const requirement = { path, before: wasRequired, after: isRequired };
    changes.push(changeOf(kind, requirement, mustBeGiven));
  }
  if (isMap(before) && isMap(after)) {
    changes.push(...compareKeywords(before, after, path, inputKind));
  } else if (!isSame(before, after)) {
    changes.push(
      changeOf('input.limits-changed', { path, before, after }, true),
    );
  }
  return changes;
}

function inputKind(keyword: string): BlueprintChangeKind {
  if (keyword === 'default') return 'input.default-changed';
  if (keyword === 'type') return 'input.type-changed';
  return isPresentation(keyword)
    ? 'input.presentation-changed'
    : 'input.limits-changed';
}

/** What stands beside the inputs themselves: conditions, dependencies, the form's order. */
function compareRules(
  before: JsonObject,
  after: JsonObject,
): BlueprintChange[] {
  const {
    properties: _before,
    required: _wasRequired,
    ...rulesBefore
  } = before;
  const { properties: _after, required: _isRequired, ...rulesAfter } = after;
  return compareKeywords(rulesBefore, rulesAfter, INPUTS, keyword =>
    isPresentation(keyword)
      ? 'inputs.presentation-changed'
      : 'inputs.rules-changed',
  );
}

/** What an environment was given stays as it is: no new default, and no other look, breaks it. */
const HARMLESS: BlueprintChangeKind[] = [
  'input.default-changed',
  'input.presentation-changed',
  'inputs.presentation-changed',
];

function compareKeywords(
  before: JsonObject,
  after: JsonObject,
  path: DocumentPath,
  kindOf: (keyword: string) => BlueprintChangeKind,
): BlueprintChange[] {
  return keysOf(before, after).flatMap(keyword => {
    const kind = kindOf(keyword);
    const pair = { before: own(before, keyword), after: own(after, keyword) };
    if (isSame(pair.before, pair.after)) return [];
    const breaking =
      !HARMLESS.includes(kind) && narrows(keyword, pair.before, pair.after);
    return changeOf(kind, { path: [...path, keyword], ...pair }, breaking);
  });
}
