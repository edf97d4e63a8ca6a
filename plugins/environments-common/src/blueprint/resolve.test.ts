import fc from 'fast-check';
import { JsonValue } from '../json';
import { documentOf, SHOP } from './__testUtils__/documents';
import {
  BlueprintExpressionError,
  BlueprintScope,
  resolveOutputs,
  resolveWith,
} from './resolve';

const scope: BlueprintScope = {
  inputs: { title: 'Tea', pages: 3, ratio: 2, tags: ['a', 'b'] },
  environment: {
    id: '7',
    name: 'tea',
    slug: 'tea-7',
    owner: 'group:default/shop',
    type: 'sandbox',
  },
  owner: { ref: 'group:default/shop', name: 'shop' },
  blueprint: { name: 'shop', version: '1.2.0' },
  components: {
    data: { outputs: { url: { value: 'db://x', sensitive: true } } },
    web: { outputs: { url: { value: 'https://x', sensitive: false } } },
  },
};

/** What one value of `with` becomes. */
function resolved(value: string, changes: Partial<BlueprintScope> = {}) {
  const text = SHOP.replace('${{ environment.slug }}', () => value);
  return resolveWith(documentOf(text), 'data', { ...scope, ...changes }).name;
}

function failureOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (error instanceof BlueprintExpressionError) return error.problem;
  }
  throw new Error('It did not fail as it should');
}

describe('resolveWith', () => {
  it('keeps the type of a whole value, and makes text inside text', () => {
    expect(resolveWith(documentOf(SHOP), 'web', scope)).toEqual({
      title: 'Tea of shop',
      pages: 4,
      url: 'db://x',
    });
  });

  it.each<[string, JsonValue]>([
    ['${{ inputs.tags }}', ['a', 'b']],
    ['${{ inputs.pages > 2 }}', true],
    ['"p${{ inputs.pages }}, ${{ inputs.ratio }}, ${{ true }}"', 'p3, 2, true'],
    ['${{ inputs.ratio / 4.0 }}', 0.5],
    ["\"${{ {'a': {'b': inputs.pages}} }}\"", { a: { b: 3 } }],
    ['\'${{ "}}" + inputs.title }}\'', '}}Tea'],
    ['\'${{ "${{" }} is how one begins\'', '${{ is how one begins'],
    ['\'${{ has(inputs.note) ? inputs.note : "none" }}\'', 'none'],
    ['${{ inputs.tags.map(t, t + environment.name) }}', ['atea', 'btea']],
    ['plain $ {{ text }}', 'plain $ {{ text }}'],
    ['[1, {a: "${{ null }}"}]', [1, { a: null }]],
    ['${{ timestamp("2026-01-01T00:00:00Z") }}', '2026-01-01T00:00:00.000Z'],
    ['"${{ inputs }}"', { title: 'Tea', pages: 3, ratio: 2, tags: ['a', 'b'] }],
  ])('makes %s', (value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  it.each([
    ['${{ inputs.pages / 0 }}', 'division by zero'],
    ['${{ inputs.tags[5] }}', 'out of bounds'],
    ['${{ 9007199254740993 }}', '2^53'],
    ['${{ duration("1h") }}', 'string()'],
    ['x ${{ dyn(null) }}', 'null'],
    ['x ${{ dyn(inputs.tags) }}', 'list'],
  ])('says why %s has no value', (value, reason) => {
    const problem = failureOf(() => resolved(value));
    expect(problem).toMatchObject({
      code: 'blueprint.expression.failed',
      component: 'data',
      message: expect.stringContaining('components.data.with.name'),
    });
    expect(problem.message).toContain(reason);
  });

  it('names the output that a component did not give', () => {
    const components = { data: { outputs: {} } };
    const problem = failureOf(() =>
      resolveWith(documentOf(SHOP), 'web', { ...scope, components }),
    );
    expect(problem.message).toContain(
      'Component "data" gave no output "url"; it gave none',
    );
  });

  it('gives every number back as the number it was', () => {
    const number = fc.oneof(
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const text = SHOP.replace(
      'environment.slug',
      'components.x.outputs.n',
    ).replace(
      '    data:',
      '    x: {driver: terraform, source: ./x}\n    data:',
    );
    const document = documentOf(text);
    fc.assert(
      fc.property(number, n => {
        const outputs = { n: { value: n, sensitive: false } };
        const components = { ...scope.components, x: { outputs } };
        const { name } = resolveWith(document, 'data', {
          ...scope,
          components,
        });
        expect(name).toBe(n === 0 ? 0 : n);
      }),
    );
  });

  it('gives every output of a component on as it was', () => {
    const text = SHOP;
    const document = documentOf(text);
    const value = fc.jsonValue().filter(v => !JSON.stringify(v).includes('e'));
    fc.assert(
      fc.property(value, given => {
        const clean = JSON.parse(JSON.stringify(given)) as JsonValue;
        const components = {
          data: { outputs: { url: { value: clean, sensitive: false } } },
        };
        const { url } = resolveWith(document, 'web', { ...scope, components });
        expect(url).toEqual(clean);
      }),
    );
  });
});

describe('resolveOutputs', () => {
  it('gives outputs with their titles', () => {
    expect(resolveOutputs(documentOf(SHOP), scope)).toEqual([
      { name: 'url', title: 'Open', value: 'https://x', sensitive: false },
    ]);
  });

  it.each([
    '${{ components.data.outputs.url }}',
    'see ${{ components.web.outputs.url }} and ${{ components.data.outputs.url }}',
    '${{ [components["data"].outputs["url"]] }}',
    '${{ size(components.data.outputs.url) }}',
  ])('marks %s as sensitive, for what it draws on', value => {
    const text = SHOP.replace('${{ components.web.outputs.url }}', value);
    const [output] = resolveOutputs(documentOf(text), scope);
    expect(output.sensitive).toBe(true);
  });
});
