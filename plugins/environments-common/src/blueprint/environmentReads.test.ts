import { documentOf, scopeOf, SHOP } from './__testUtils__/documents';
import { BlueprintDocument } from './document';
import { BlueprintExpressionError } from './evaluate';
import { environmentReads, readsEnvironments } from './environmentReads';
import { resolveOutputs, resolveWith } from './resolve';

const PARTS = { components: ['data', 'web'], outputs: ['url'] };

function reading(expression: string): BlueprintDocument {
  return documentOf(
    SHOP.replace('${{ inputs.pages + 1 }}', () =>
      JSON.stringify(`\${{ ${expression} }}`),
    ),
  );
}

function readsOf(expression: string, inputs = {}) {
  return environmentReads(
    reading(expression),
    scopeOf({ inputs: { title: 'tea-db', pages: 3, tags: ['a'], ...inputs } }),
    PARTS,
  ).map(({ environment, output }) => `${environment}.${output}`);
}

describe('reading other environments', () => {
  it.each([
    ['environments["shop-db"].outputs.url', 'shop-db.url'],
    ["environments['shop-db']['outputs']['url']", 'shop-db.url'],
    ['environments.shopdb.outputs.url', 'shopdb.url'],
    ['environments.shop.outputs.hosts.map(h, h + "!")', 'shop.hosts'],
    ['environments[inputs.title].outputs.url', 'tea-db.url'],
    ['environments["db-" + inputs.tags[0]].outputs.url', 'db-a.url'],
    ['environments[environment.type].outputs.url', 'sandbox.url'],
    ['[1].map(n, environments.a.outputs.b)', 'a.b'],
    ['cel.bind(a, environments.a.outputs.b, a + a)', 'a.b'],
  ])('knows what %s reads before anything is made', (expression, read) => {
    expect(readsOf(expression)).toEqual([read]);
  });

  it('says where it stands, and which input names it', () => {
    const document = reading('environments[inputs.title].outputs.url');
    expect(environmentReads(document, scopeOf(), PARTS)).toEqual([
      {
        environment: 'Tea',
        output: 'url',
        at: 'components.web.with',
        component: 'web',
        input: 'title',
      },
    ]);
  });

  it.each([
    ['inputs.pages > 2', ['a.b']],
    ['inputs.pages > 5', ['c.d']],
    ['has(inputs.note)', ['c.d']],
    ['inputs.tags[7] == "x"', ['a.b', 'c.d']],
    ['components.data.outputs.url == ""', ['a.b', 'c.d']],
  ])('reads under %s only what can be reached', (condition, reads) => {
    const expression = `${condition} ? environments.a.outputs.b : environments.c.outputs.d`;
    expect(readsOf(expression)).toEqual(reads);
  });

  it('leaves parts out that nobody asks about', () => {
    const document = reading('environments.a.outputs.b');
    const parts = { components: ['data'], outputs: ['url'] };
    expect(environmentReads(document, scopeOf(), parts)).toEqual([]);
    expect(readsEnvironments(document)).toBe(true);
    expect(readsEnvironments(documentOf(SHOP))).toBe(false);
  });

  it.each([
    'environments[inputs.pages].outputs.url',
    'environments[inputs.tags[7]].outputs.url',
  ])('tells at the request that %s names none', expression => {
    expect(() => readsOf(expression)).toThrow(BlueprintExpressionError);
  });

  it('keeps the type of what it reads, in components and outputs', () => {
    const document = documentOf(
      SHOP.replace('inputs.pages + 1', 'environments.a.outputs.n + 1').replace(
        'components.web.outputs.url',
        'environments["a"].outputs.list',
      ),
    );
    const outputs = { n: 4, list: ['x', { y: 1.5 }] };
    const scope = scopeOf({ environments: { a: { outputs } } });
    expect(resolveWith(document, 'web', scope).pages).toBe(5);
    expect(resolveOutputs(document, scope)[0].value).toEqual(outputs.list);
  });

  it('has no value where what it reads was not read', () => {
    const document = reading('environments.constructor.outputs.name');
    expect(() => resolveWith(document, 'web', scopeOf())).toThrow(
      BlueprintExpressionError,
    );
  });
});
