import fc from 'fast-check';
import { JsonObject, JsonValue } from '../../json';
import { documentOf, SHOP } from '../__testUtils__/documents';
import { BlueprintDocument } from '../document';
import { compareBlueprints } from './compare';
import { BlueprintChange, BlueprintChangeKind } from './types';

/** {@link SHOP} with what it lacks: a condition, a pause, rules between inputs. */
const FULL = SHOP.replace(
  '        url: ${{ components.data.outputs.url }}\n',
  `        url: \${{ components.data.outputs.url }}
        limits: {cpu: 1, memory: 2}
      when: \${{ inputs.pages > 1 }}
      pause: {with: {pages: 0}}
`,
).replace(
  '    properties:\n',
  '    ui:order: [title, "*"]\n    allOf: [{properties: {title: {maxLength: 60}}}]\n    properties:\n',
);
const BEFORE = documentOf(FULL);

/** What is told of a change of the text. */
function toldOf(from: string, to: string): BlueprintChange[] {
  if (!FULL.includes(from)) throw new Error(`The document has no ${from}`);
  return compareBlueprints(BEFORE, documentOf(FULL.replace(from, () => to)));
}

const MIRRORED: Partial<Record<BlueprintChangeKind, BlueprintChangeKind>> = {
  'input.added': 'input.removed',
  'input.removed': 'input.added',
  'input.required': 'input.optional',
  'input.optional': 'input.required',
  'component.added': 'component.removed',
  'component.removed': 'component.added',
  'output.added': 'output.removed',
  'output.removed': 'output.added',
};

function mirrored({ kind, path, before, after }: BlueprintChange) {
  return { kind: MIRRORED[kind] ?? kind, path, before: after, after: before };
}

const byPath = (a: { path: string; kind: string }, b: typeof a) =>
  `${a.path} ${a.kind}` < `${b.path} ${b.kind}` ? -1 : 1;

/** Where an author may write something else; what is empty may as well be absent. */
function placesIn(value: JsonValue, path: string[] = []): string[][] {
  const entries =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value)
      : [];
  return entries
    .filter(([, inner]) => !['[]', '{}'].includes(JSON.stringify(inner)))
    .flatMap(([key, inner]) => [
      [...path, key],
      ...placesIn(inner, [...path, key]),
    ]);
}

const PLACES = placesIn(BEFORE as unknown as JsonValue).filter(
  path =>
    !['apiVersion', 'kind', 'metadata', 'spec', 'spec.version'].includes(
      path.join('.'),
    ),
);

type Mutation = { path: string[] } & (
  { how: 'replace' | 'add'; value: JsonValue } | { how: 'remove' }
);

const values = fc.constantFrom<JsonValue>(
  'mutated',
  4711,
  false,
  null,
  ['mutated'],
  { mutated: 1 },
  '${{ mutated }}',
);
const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({
    path: fc.constantFrom(...PLACES),
    how: fc.constantFrom('replace' as const, 'add' as const),
    value: values,
  }),
  fc.record({
    path: fc.constantFrom(...PLACES),
    how: fc.constant('remove' as const),
  }),
);

function mutated(mutation: Mutation): BlueprintDocument {
  const copy = structuredClone(BEFORE);
  const parents = mutation.path.slice(0, -1);
  const parent = parents.reduce(
    (value, key) => value[key] as JsonObject,
    copy as unknown as JsonObject,
  );
  const key = mutation.path.at(-1)!;
  if (mutation.how === 'remove') delete parent[key];
  else if (mutation.how === 'add') parent[`${key}_2`] = mutation.value;
  else parent[key] = mutation.value;
  return copy;
}

/** Maps and lists with their keys the other way round; lists as they are. */
function reordered(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reordered(inner)]),
  );
}

describe('a comparison of two versions', () => {
  it('tells nothing of a document and itself, however its keys are ordered', () => {
    expect(compareBlueprints(BEFORE, BEFORE)).toEqual([]);
    const other = reordered(BEFORE as unknown as JsonValue);
    expect(
      compareBlueprints(BEFORE, other as unknown as BlueprintDocument),
    ).toEqual([]);
  });

  it('does not tell of the version, which is what is compared', () => {
    expect(toldOf('version: 1.2.0', 'version: 1.3.0')).toEqual([]);
  });

  it('tells of every change, where it is, and never of another place', () => {
    fc.assert(
      fc.property(mutations, mutation => {
        const changes = compareBlueprints(BEFORE, mutated(mutation));
        expect(changes).not.toEqual([]);
        const depth = Math.min(2, mutation.path.length - 1);
        const section = `/${mutation.path.slice(0, depth).join('/')}`;
        const elsewhere = changes.filter(
          ({ path }) => path !== section && !path.startsWith(`${section}/`),
        );
        expect(elsewhere.map(({ path }) => path)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('tells the mirror image of two versions the other way round', () => {
    fc.assert(
      fc.property(mutations, mutations, (one, other) => {
        const [a, b] = [mutated(one), mutated(other)];
        expect(
          compareBlueprints(b, a)
            .map(({ breaking: _b, ...change }) => change)
            .sort(byPath),
        ).toEqual(compareBlueprints(a, b).map(mirrored).sort(byPath));
      }),
      { numRuns: 1000 },
    );
  });

  it.each<
    [what: string, from: string, to: string, told: Partial<BlueprintChange>]
  >([
    [
      'a new input that need not be given',
      'note: {type: string}',
      'note: {type: string}\n      extra: {type: string}',
      {
        kind: 'input.added',
        path: '/spec/inputs/properties/extra',
        after: { type: 'string' },
        breaking: false,
      },
    ],
    [
      'an input that must be given now',
      'required: [title]',
      'required: [title, note]',
      {
        kind: 'input.required',
        path: '/spec/inputs/properties/note',
        before: false,
        after: true,
        breaking: true,
      },
    ],
    [
      'an input that must be given now, and has a default',
      'required: [title]',
      'required: [title, pages]',
      { kind: 'input.required', breaking: false },
    ],
    [
      'an input that is gone',
      '      note: {type: string}\n',
      '',
      {
        kind: 'input.removed',
        path: '/spec/inputs/properties/note',
        before: { type: 'string' },
        breaking: true,
      },
    ],
    [
      'another default',
      'default: 3',
      'default: 4',
      {
        kind: 'input.default-changed',
        path: '/spec/inputs/properties/pages/default',
        before: 3,
        after: 4,
        breaking: false,
      },
    ],
    [
      'a wider type',
      'note: {type: string}',
      "note: {type: [string, 'null']}",
      { kind: 'input.type-changed', breaking: false },
    ],
    [
      'another type',
      'note: {type: string}',
      'note: {type: boolean}',
      {
        kind: 'input.type-changed',
        path: '/spec/inputs/properties/note/type',
        before: 'string',
        after: 'boolean',
        breaking: true,
      },
    ],
    [
      'a narrower limit',
      'maximum: 9',
      'maximum: 5',
      {
        kind: 'input.limits-changed',
        path: '/spec/inputs/properties/pages/maximum',
        before: 9,
        after: 5,
        breaking: true,
      },
    ],
    [
      'a wider limit',
      'minLength: 2',
      'minLength: 1',
      { kind: 'input.limits-changed', breaking: false },
    ],
    [
      'a word of the form',
      'note: {type: string}',
      'note: {type: string, ui:widget: textarea}',
      {
        kind: 'input.presentation-changed',
        path: '/spec/inputs/properties/note/ui:widget',
        breaking: false,
      },
    ],
    [
      'what inputs mean to each other',
      'maxLength: 60',
      'maxLength: 50',
      {
        kind: 'inputs.rules-changed',
        path: '/spec/inputs/allOf',
        breaking: true,
      },
    ],
    [
      'the order of the form',
      'ui:order: [title, "*"]',
      'ui:order: [pages, "*"]',
      { kind: 'inputs.presentation-changed', breaking: false },
    ],
    [
      'a new component',
      '    web:\n',
      '    cache: {driver: terraform, source: ./cache}\n    web:\n',
      {
        kind: 'component.added',
        path: '/spec/components/cache',
        breaking: false,
      },
    ],
    [
      'another driver',
      'driver: terraform',
      'driver: argocd',
      {
        kind: 'component.driver-changed',
        path: '/spec/components/data/driver',
        before: 'terraform',
        after: 'argocd',
        breaking: true,
      },
    ],
    [
      'another source',
      'source: ./web',
      'source: ./site',
      {
        kind: 'component.source-changed',
        path: '/spec/components/web/source',
        before: './web',
        after: './site',
        breaking: false,
      },
    ],
    [
      'another expression',
      'inputs.pages + 1',
      'inputs.pages + 2',
      {
        kind: 'component.rewired',
        path: '/spec/components/web/with/pages',
        breaking: false,
      },
    ],
    [
      'another plain value',
      'memory: 2',
      'memory: 4',
      {
        kind: 'component.with-changed',
        path: '/spec/components/web/with/limits/memory',
        before: 2,
        after: 4,
        breaking: false,
      },
    ],
    [
      'another condition',
      'inputs.pages > 1',
      'inputs.pages > 2',
      {
        kind: 'component.when-changed',
        path: '/spec/components/web/when',
        breaking: true,
      },
    ],
    [
      'no condition any more',
      '      when: ${{ inputs.pages > 1 }}\n',
      '',
      { kind: 'component.when-changed', breaking: false },
    ],
    [
      'another pause',
      'pause: {with: {pages: 0}}',
      'pause: {with: {pages: 1}}',
      { kind: 'component.pause-changed', breaking: false },
    ],
    [
      'a new output',
      '  ttl:\n',
      "    data: {value: '${{ components.data.outputs.url }}'}\n  ttl:\n",
      { kind: 'output.added', path: '/spec/outputs/data', breaking: false },
    ],
    [
      'another output',
      'title: Open}',
      'title: Open it}',
      {
        kind: 'output.changed',
        path: '/spec/outputs/url/title',
        before: 'Open',
        after: 'Open it',
        breaking: false,
      },
    ],
    [
      'another TTL',
      'default: 2h',
      'default: 1h',
      {
        kind: 'ttl.changed',
        path: '/spec/ttl/default',
        before: '2h',
        after: '1h',
        breaking: false,
      },
    ],
    [
      'another owner',
      'owner: group:default/platform',
      'owner: group:default/shop',
      { kind: 'spec.changed', path: '/spec/owner', breaking: false },
    ],
    [
      'another title',
      'title: Shop',
      'title: Store',
      { kind: 'metadata.changed', path: '/metadata/title', breaking: false },
    ],
  ])('tells of %s', (_what, from, to, told) => {
    expect(toldOf(from, to)).toEqual([expect.objectContaining(told)]);
  });

  it('tells that an input need not be given any more', () => {
    const before = documentOf(FULL.replace('[title]', '[title, note]'));
    expect(compareBlueprints(before, BEFORE)).toEqual([
      {
        kind: 'input.optional',
        path: '/spec/inputs/properties/note',
        before: true,
        after: false,
        breaking: false,
      },
    ]);
  });

  it('tells that an input is new and must be given', () => {
    const text = FULL.replace('required: [title]', 'required: [title, size]');
    const after = documentOf(
      text.replace(
        '      note:',
        '      size: {type: string, enum: [a, b]}\n      note:',
      ),
    );
    expect(compareBlueprints(BEFORE, after)).toEqual([
      {
        kind: 'input.added',
        path: '/spec/inputs/properties/size',
        after: { type: 'string', enum: ['a', 'b'] },
        breaking: true,
      },
    ]);
  });

  it('tells of components and outputs that go away', () => {
    const after = structuredClone(BEFORE);
    delete after.spec.components.web;
    delete after.spec.outputs.url;
    expect(compareBlueprints(BEFORE, after)).toEqual([
      {
        kind: 'component.removed',
        path: '/spec/components/web',
        before: BEFORE.spec.components.web,
        breaking: true,
      },
      {
        kind: 'output.removed',
        path: '/spec/outputs/url',
        before: BEFORE.spec.outputs.url,
        breaking: true,
      },
    ]);
  });

  it('takes names that every object knows, and slashes, for names', () => {
    const after = structuredClone(BEFORE);
    after.spec.components.web.with = {
      ...after.spec.components.web.with,
      constructor: 'x',
      'a/b~c': 1,
    };
    expect(
      compareBlueprints(BEFORE, after).map(({ kind, path }) => [kind, path]),
    ).toEqual([
      ['component.with-changed', '/spec/components/web/with/constructor'],
      ['component.with-changed', '/spec/components/web/with/a~1b~0c'],
    ]);
  });
});
