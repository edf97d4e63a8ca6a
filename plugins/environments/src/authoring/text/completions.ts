import {
  EXPRESSION_FIELDS,
  JsonValue,
} from '@greenroom/plugin-environments-common';
import { Files } from '../files';
import { placeIn, TypingPlace } from './context';
import { moduleNames } from './moduleNames';
import { schemaAt } from './schemaAt';
import { Sketch } from './sketch';

/** One thing that could stand where somebody types. */
export interface Suggestion {
  label: string;
  /** What is written; the label when absent. */
  apply?: string;
  /** A word or two beside it. */
  detail?: string;
  /** A sentence about it. */
  info?: string;
}

export interface Suggestions {
  /** What stands from here on is replaced. */
  from: number;
  options: Suggestion[];
}

/** What is known of the document and of what lies beside it. */
export interface Knowledge {
  sketch: Sketch;
  files: Files;
}

/** What could stand at a position of a blueprint's text. */
export function suggestionsAt(
  text: string,
  position: number,
  knowledge: Knowledge,
): Suggestions | undefined {
  const place = placeIn(text.slice(0, position), text.slice(position));
  if (!place) return undefined;
  const options = optionsAt(place, knowledge);
  return options.length > 0 ? { from: place.from, options } : undefined;
}

function optionsAt(place: TypingPlace, knowledge: Knowledge): Suggestion[] {
  switch (place.kind) {
    case 'expression':
      return inExpression(place.names, knowledge);
    case 'key':
      return keysAt(place, knowledge);
    case 'value':
      return valuesAt(place.path, knowledge);
    default: {
      const unknown: never = place;
      return unknown;
    }
  }
}

function inExpression(
  names: string[],
  { sketch, files }: Knowledge,
): Suggestion[] {
  const [root, id, part] = names;
  if (names.length === 0) {
    return [
      { label: 'inputs', detail: 'of the request' },
      { label: 'components', detail: 'and their outputs' },
      {
        label: 'environments',
        apply: 'environments["',
        detail: 'others, and their outputs',
      },
      ...Object.keys(EXPRESSION_FIELDS).map(label => ({ label })),
      { label: 'has', apply: 'has(inputs.', detail: 'whether it is given' },
      { label: 'size', apply: 'size(', detail: 'how long it is' },
    ];
  }
  if (root === 'inputs' && names.length === 1) {
    return sketch.inputNames.map(label => ({ label, detail: 'input' }));
  }
  if (root === 'components') {
    if (names.length === 1) {
      return Object.entries(sketch.components).map(([label, { source }]) => ({
        label,
        apply: `${label}.outputs.`,
        detail: source,
      }));
    }
    if (names.length === 2) return [{ label: 'outputs', apply: 'outputs.' }];
    const component = sketch.components[id];
    return component && part === 'outputs'
      ? moduleNames(files, component.source).outputs.map(label => ({
          label,
          detail: `output of ${id}`,
        }))
      : [];
  }
  return names.length === 1 && isField(root)
    ? EXPRESSION_FIELDS[root].map(label => ({ label, detail: root }))
    : [];
}

function isField(name: string): name is keyof typeof EXPRESSION_FIELDS {
  return Object.hasOwn(EXPRESSION_FIELDS, name);
}

function keysAt(
  { path, siblings }: Extract<TypingPlace, { kind: 'key' }>,
  { sketch, files }: Knowledge,
): Suggestion[] {
  const [spec, section, id, field] = path;
  if (spec === 'spec' && section === 'components' && field === 'with') {
    const { source } = sketch.components[id] ?? { source: '' };
    return moduleNames(files, source)
      .variables.filter(name => !siblings.includes(name))
      .map(label => ({ label, apply: `${label}: `, detail: 'variable' }));
  }
  const schema = schemaAt(path);
  const required = Array.isArray(schema?.required) ? schema.required : [];
  return Object.entries(schemaObject(schema?.properties))
    .filter(([key]) => !siblings.includes(key))
    .map(([label, property]) => ({
      label,
      apply: `${label}:${isCollection(property) ? '' : ' '}`,
      detail: required.includes(label) ? 'required' : undefined,
      info: textOf(schemaObject(property).description),
    }));
}

function isCollection(schema: JsonValue): boolean {
  const { type } = schemaObject(schema);
  return type === 'object' || type === 'array';
}

function valuesAt(path: string[], { files }: Knowledge): Suggestion[] {
  if (path.at(-1) === 'source' && path[1] === 'components') {
    const folders = Object.keys(files)
      .filter(file => file.includes('/'))
      .map(file => file.slice(0, file.lastIndexOf('/')));
    return [...new Set(folders)].map(folder => ({ label: `./${folder}` }));
  }
  const schema = schemaAt(path);
  if (!schema) return [];
  const { const: only, enum: some, examples, type, description } = schema;
  const values = [
    ...(only === undefined ? [] : [only]),
    ...(Array.isArray(some) ? some : []),
    ...(Array.isArray(examples) ? examples : []),
    ...(type === 'boolean' ? [true, false] : []),
  ];
  return [...new Set(values)]
    .filter(value => typeof value !== 'object')
    .map(value => ({ label: String(value), info: textOf(description) }));
}

function schemaObject(value: JsonValue | undefined) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value
    : {};
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
