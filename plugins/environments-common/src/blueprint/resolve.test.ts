import fc from 'fast-check';
import { JsonValue } from '../json';
import { documentOf, scopeOf, SHOP } from './__testUtils__/documents';
import { BlueprintExpressionError, BlueprintScope } from './evaluate';
import { resolveOutputs, resolveWith } from './resolve';

const scope = scopeOf();

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

  it('stops what would do too much with what is there', () => {
    const tags = Array.from({ length: 2000 }, (_, n) => `t${n}`);
    const changes = { inputs: { ...scope.inputs, tags } };
    const nested = '${{ inputs.tags.map(a, inputs.tags.filter(b, b == a)) }}';
    expect(resolved(nested)).toEqual([['a'], ['b']]);
    const problem = failureOf(() => resolved(nested, changes));
    expect(problem.message).toContain('more work than one expression');
  });

  it.each([
    ['${{ inputs.title.matches("^T[a-z]+$") }}', true],
    ['${{ inputs.title.matches("ea") }}', true],
    ['${{ inputs.title.matches("^e") }}', false],
    ['${{ inputs.tags.filter(t, t.matches("^(a+)+$")) }}', ['a']],
    ['${{ inputs.title.matches(inputs.tags[0]) }}', true],
  ])(
    'matches by expressions that nothing makes slow: %s',
    (value, expected) => {
      expect(resolved(value)).toEqual(expected);
    },
  );

  it('looks through a text that stops the expressions of JavaScript', () => {
    const changes = {
      inputs: { ...scope.inputs, title: `${'a'.repeat(5000)}!` },
    };
    expect(resolved('${{ inputs.title.matches("^(a+)+$") }}', changes)).toBe(
      false,
    );
    const given = { inputs: { ...scope.inputs, tags: ['(?=a)'] } };
    const problem = failureOf(() =>
      resolved('${{ inputs.title.matches(inputs.tags[0]) }}', given),
    );
    expect(problem.message).toContain('(?=');
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

describe('resolveWith of a paused component', () => {
  const PAUSABLE = SHOP.replace(
    '        url: ${{ components.data.outputs.url }}\n',
    () => `        url: \${{ components.data.outputs.url }}
        options: {replicas: 3, zones: [a, b], labels: {team: "\${{ owner.name }}"}}
      pause:
        with:
          pages: \${{ inputs.pages - 3 }}
          options: {replicas: 0, zones: [], labels: {paused: "yes"}}
`,
  );
  const resolvedWeb = (options?: { paused?: boolean }) =>
    resolveWith(documentOf(PAUSABLE), 'web', scope, options);

  it('lays the overlay over it, maps key by key and lists as a whole', () => {
    expect(resolvedWeb({ paused: true })).toEqual({
      title: 'Tea of shop',
      pages: 0,
      url: 'db://x',
      options: {
        replicas: 0,
        zones: [],
        labels: { team: 'shop', paused: 'yes' },
      },
    });
  });

  it('is the usual one while it runs, and where nothing can be paused', () => {
    const usual = resolvedWeb();
    expect(usual).toMatchObject({ pages: 4, options: { replicas: 3 } });
    expect(resolvedWeb({ paused: false })).toEqual(usual);
    expect(
      resolveWith(documentOf(SHOP), 'web', scope, { paused: true }),
    ).toEqual(resolveWith(documentOf(SHOP), 'web', scope));
  });

  it('merges into a map that an expression gives', () => {
    const text = SHOP.replace(
      'name: ${{ environment.slug }}',
      () =>
        "name: {of: \"${{ {'a': 1, 'b': 2} }}\"}\n      pause: {with: {name: {of: {b: 0}}}}",
    );
    expect(
      resolveWith(documentOf(text), 'data', scope, { paused: true }),
    ).toEqual({ name: { of: { a: 1, b: 0 } } });
  });

  it('says that it is the overlay that has no value', () => {
    const text = PAUSABLE.replace('inputs.pages - 3', 'inputs.pages / 0');
    const problem = failureOf(() =>
      resolveWith(documentOf(text), 'web', scope, { paused: true }),
    );
    expect(problem.message).toContain('components.web.pause.with.pages');
  });
});

describe('an environment without one of its components', () => {
  const without = (changes: (text: string) => string = text => text) =>
    documentOf(
      changes(
        SHOP.replace(
          'source: ./data',
          () => 'source: ./data\n      when: ${{ inputs.pages > 3 }}',
        ),
      ),
    );

  it.each([
    ['it was never made', { web: scope.components.web }],
    ['it is still there', scope.components],
  ])('gives null for all of its outputs, when %s', (_when, components) => {
    const { url } = resolveWith(without(), 'web', { ...scope, components });
    expect(url).toBeNull();
  });

  it('lets an expression ask for that', () => {
    const document = without(text =>
      text.replace(
        'url: ${{ components.data.outputs.url }}',
        () =>
          `url: '\${{ components.data.outputs.url == null ? "none" : components.data.outputs.url }}'`,
      ),
    );
    expect(resolveWith(document, 'web', scope).url).toBe('none');
    const inputs = { ...scope.inputs, pages: 4 };
    expect(resolveWith(document, 'web', { ...scope, inputs }).url).toBe(
      'db://x',
    );
  });

  it('leaves out the outputs that draw on it', () => {
    const document = without(text =>
      text.replace(
        '  outputs:\n',
        () =>
          '  outputs:\n    data: {value: "at ${{ components.data.outputs.url }}"}\n',
      ),
    );
    const namesOf = (pages: number) =>
      resolveOutputs(document, {
        ...scope,
        inputs: { ...scope.inputs, pages },
      }).map(({ name }) => name);
    expect(namesOf(3)).toEqual(['url']);
    expect(namesOf(4)).toEqual(['data', 'url']);
  });
});

describe('resolveOutputs', () => {
  it('gives outputs with their titles', () => {
    expect(resolveOutputs(documentOf(SHOP), scope)).toEqual([
      { name: 'url', title: 'Open', value: 'https://x', sensitive: false },
    ]);
  });

  it('marks what the blueprint declares sensitive', () => {
    const text = SHOP.replace('title: Open', 'sensitive: true');
    expect(resolveOutputs(documentOf(text), scope)).toMatchObject([
      { name: 'url', value: 'https://x', sensitive: true },
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
