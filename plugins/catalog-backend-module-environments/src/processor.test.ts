import { Entity } from '@backstage/catalog-model';
import { CatalogProcessorResult } from '@backstage/plugin-catalog-node';
import { EnvironmentKindsProcessor } from './processor';

function blueprint(spec: object = {}): Entity {
  return {
    apiVersion: 'greenroom.dev/v1',
    kind: 'EnvironmentBlueprint',
    metadata: { name: 'shop' },
    spec: { type: 'sandbox', owner: 'platform', version: '1.0.0', ...spec },
  };
}

function environment(spec: object = {}): Entity {
  return {
    apiVersion: 'greenroom.dev/v1',
    kind: 'Environment',
    metadata: { name: 'mine' },
    spec: {
      type: 'sandbox',
      owner: 'user:default/mira',
      lifecycle: 'temporary',
      blueprint: 'environmentblueprint:default/shop',
      version: '1.0.0',
      ...spec,
    },
  };
}

async function relationsOf(entity: Entity): Promise<string[]> {
  const results: CatalogProcessorResult[] = [];
  const location = { type: 'url', target: '' };
  await new EnvironmentKindsProcessor().postProcessEntity(
    entity,
    location,
    result => results.push(result),
  );
  return results.flatMap(result => {
    if (result.type !== 'relation') return [];
    const { source, type, target } = result.relation;
    return `${source.kind}:${source.namespace}/${source.name} ${type} ${target.kind}:${target.namespace}/${target.name}`;
  });
}

describe('the kinds of Greenroom in the catalog', () => {
  const processor = new EnvironmentKindsProcessor();

  it('knows its own kinds and leaves others alone', async () => {
    await expect(processor.validateEntityKind(blueprint())).resolves.toBe(true);
    await expect(processor.validateEntityKind(environment())).resolves.toBe(
      true,
    );
    const foreign = { ...blueprint(), apiVersion: 'backstage.io/v1alpha1' };
    await expect(processor.validateEntityKind(foreign)).resolves.toBe(false);
    await expect(
      processor.validateEntityKind({ ...blueprint(), kind: 'Component' }),
    ).resolves.toBe(false);
  });

  it.each([
    [blueprint({ owner: undefined }), 'spec.owner is missing'],
    [blueprint({ owner: 'a b' }), 'spec.owner must be an entity reference'],
    [blueprint({ version: 1.2 }), 'spec.version must be string'],
    [blueprint({ type: 'Big Box' }), 'spec.type must be one word'],
    [{ ...blueprint(), spec: undefined }, 'spec is missing'],
    [environment({ state: 'running' }), 'spec has no field "state"'],
    [environment({ blueprint: '' }), 'spec.blueprint must NOT'],
    [environment({ lifecycle: 'odd' }), 'spec.lifecycle must be equal to one'],
  ])('names the field that is wrong %#', async (entity, words) => {
    await expect(processor.validateEntityKind(entity)).rejects.toThrow(words);
  });

  it('accepts a blueprint whose recipe is wrong, which publishing judges', async () => {
    await expect(
      processor.validateEntityKind(blueprint({ componets: {} })),
    ).resolves.toBe(true);
  });

  it('relates environments, blueprints and owners in both directions', async () => {
    expect(await relationsOf(blueprint())).toEqual([
      'EnvironmentBlueprint:default/shop ownedBy Group:default/platform',
      'Group:default/platform ownerOf EnvironmentBlueprint:default/shop',
    ]);
    expect(await relationsOf(environment())).toEqual([
      'Environment:default/mine ownedBy user:default/mira',
      'user:default/mira ownerOf Environment:default/mine',
      'Environment:default/mine instanceOf environmentblueprint:default/shop',
      'environmentblueprint:default/shop hasInstance Environment:default/mine',
    ]);
    const foreign = { ...environment(), apiVersion: 'other/v1' };
    expect(await relationsOf(foreign)).toEqual([]);
  });
});
