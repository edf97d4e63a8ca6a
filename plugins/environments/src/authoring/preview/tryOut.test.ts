import { parseBlueprint } from '@greenroom/plugin-environments-common';
import { tryOut } from './tryOut';

const { document, problems } = parseBlueprint(`apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: shop}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs:
    type: object
    properties:
      size: {enum: [small, large, other], default: small}
      pages: {type: integer, maximum: 9, default: 2}
  components:
    data:
      driver: terraform
      source: ./data
      when: \${{ inputs.size == "large" }}
      with: {name: '\${{ environment.slug }}-data'}
    site:
      driver: terraform
      source: ./site
      with:
        pages: \${{ inputs.pages + 1 }}
        odd: \${{ 7 / (inputs.pages - 3) }}
    proxy:
      driver: terraform
      source: ./proxy
      with: {to: '\${{ components.site.outputs.url }}'}
    front:
      driver: terraform
      source: ./front
      when: \${{ inputs.size == "other" }}
      with: {url: '\${{ environments["db-" + inputs.size].outputs.url }}'}
`);

describe('tryOut', () => {
  it('tells what each component would be given', () => {
    expect(problems).toEqual([]);
    expect(tryOut(document!, { size: 'large' })).toMatchObject({
      inputs: { size: 'large', pages: 2 },
      components: [
        { id: 'data', kind: 'given', given: { name: 'example-data' } },
        { id: 'site', kind: 'given', given: { pages: 3, odd: -7 } },
        { id: 'proxy', kind: 'given', given: { to: '‹site.url›' } },
        { id: 'front', kind: 'absent' },
      ],
    });
  });

  it('lets names stand for what other environments give', () => {
    const { components } = tryOut(document!, { size: 'other' });
    expect(components.find(({ id }) => id === 'front')).toMatchObject({
      kind: 'given',
      given: { url: '‹db-other.url›' },
    });
  });

  it('leaves out components whose condition is false, and says what has no value', () => {
    expect(tryOut(document!, { pages: 3 }).components).toMatchObject([
      { id: 'data', kind: 'absent' },
      {
        id: 'site',
        kind: 'failed',
        problem: { code: 'blueprint.expression.failed' },
      },
      { id: 'proxy', kind: 'given' },
      { id: 'front', kind: 'absent' },
    ]);
  });

  it('says what is wrong with the inputs', () => {
    expect(tryOut(document!, { pages: 10 })).toMatchObject({
      problems: [{ field: '/inputs/pages' }],
      components: [],
    });
  });
});
