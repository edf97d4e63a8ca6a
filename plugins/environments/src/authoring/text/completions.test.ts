import { parseBlueprint } from '@greenroom/plugin-environments-common';
import { writeText } from '../files';
import { starter } from '../starter';
import { Suggestion, suggestionsAt } from './completions';
import { sketchOf } from './sketch';

const FILES = {
  'data/main.tf': writeText('variable "size" {}\noutput "url" {}\n'),
  'data/deep/main.tf': writeText('output "hidden" {}'),
  'site/main.tf': writeText('variable "title" {}\nvariable "url" {}\n'),
};

/** A document with `¦` where somebody types. */
const TEXT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata:
  name: shop
spec:
  type: sandbox
  inputs:
    properties:
      title: {type: string}
      pages: {type: integer}
  components:
    data:
      driver: terraform
      source: ./data
    site:
      driver: terraform
      source: ./site
      with:
        title: a
`;

function suggested(typed: string, below = ''): Suggestion[] {
  const [before, after = ''] = typed.split('¦');
  const { value } = parseBlueprint(TEXT);
  const text = `${before}${after}${below}`;
  return (
    suggestionsAt(text, before.length, {
      sketch: sketchOf(value),
      files: FILES,
    })?.options ?? []
  );
}

const labels = (typed: string, below?: string) =>
  suggested(typed, below).map(({ label }) => label);

const WITH = `${TEXT}        url: `;

describe('completion in an expression', () => {
  it('knows the names that expressions may begin with', () => {
    expect(labels(`${WITH}\${{ ¦ }}`)).toEqual(
      expect.arrayContaining([
        'inputs',
        'components',
        'environments',
        'environment',
        'owner',
      ]),
    );
  });

  it.each([
    ['inputs.', ['title', 'pages']],
    ['inputs.ti', ['title', 'pages']],
    ['components.', ['data', 'site']],
    ['components.data.', ['outputs']],
    ['components.data.outputs.', ['url']],
    ['components.data.outputs.u', ['url']],
    ['size(inputs.title) > 1 && owner.', ['ref', 'name']],
    ['components.nobody.outputs.', []],
    ['inputs.title.', []],
    ['constructor.', []],
  ])('after %s offers %j', (typed, expected) => {
    expect(labels(`${WITH}"a \${{ ${typed}¦ }}"`)).toEqual(expected);
  });

  it('is over where the expression is', () => {
    expect(labels(`${WITH}\${{ inputs.title }} inputs.¦`)).toEqual([]);
  });
});

describe('completion of keys and values', () => {
  it('offers the keys of the place that are not there yet', () => {
    expect(labels('¦')).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
    expect(labels('kind: x\n¦\nspec:\n')).toEqual(['apiVersion', 'metadata']);
    expect(labels('spec:\n  type: x\n  ow¦')).toEqual(
      expect.arrayContaining(['owner', 'components']),
    );
    expect(labels('spec:\n  type: x\n  ow¦')).not.toContain('type');
    expect(labels('spec:\n  components:\n    data:\n      ¦')).toEqual([
      'driver',
      'source',
      'with',
      'when',
      'pause',
    ]);
    expect(labels('spec:\n  examples:\n    - ¦')).toEqual([
      'name',
      'description',
      'inputs',
    ]);
    expect(labels('spec:\n  examples:\n    - name: a\n      ¦')).toEqual([
      'description',
      'inputs',
    ]);
  });

  it('knows the keywords of inputs', () => {
    expect(labels('spec:\n  inputs:\n    ¦')).toContain('properties');
    expect(
      labels('spec:\n  inputs:\n    properties:\n      a:\n        ¦'),
    ).toEqual(expect.arrayContaining(['type', 'default', 'ui:field']));
    expect(
      labels('spec:\n  inputs:\n    properties:\n      a:\n        type: ¦'),
    ).toContain('integer');
  });

  it('offers the variables of the module that a component is made of', () => {
    expect(labels(`${TEXT}        ¦`)).toEqual(['url']);
  });

  it('offers values that the schema names, and folders that are there', () => {
    expect(labels('spec:\n  type: ¦')).toContain('preview');
    expect(labels('spec:\n  ttl:\n    onExpiry: ¦')).toEqual([
      'destroy',
      'pause',
    ]);
    expect(labels('spec:\n  components:\n    data:\n      source: ¦')).toEqual([
      './data',
      './data/deep',
      './site',
    ]);
  });

  it('offers nothing inside names that an author chooses', () => {
    expect(labels('spec:\n  components:\n    ¦')).toEqual([]);
    expect(labels('spec:\n  description: some ¦')).toEqual([]);
  });
});

it('begins new blueprints with one that is right', () => {
  expect(parseBlueprint(starter().document).problems).toEqual([]);
});
