import { BlueprintDocument } from '../document';
import { BlueprintScope } from '../evaluate';
import { parseBlueprint } from '../parse';

/** Right in every part, with something of everything. */
export const SHOP = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata:
  name: shop
  title: Shop
  tags: [sandbox]
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.2.0
  inputs:
    type: object
    required: [title]
    properties:
      title: {type: string, minLength: 2}
      pages: {type: integer, default: 3, maximum: 9}
      ratio: {type: number, default: 1}
      tags: {type: array, items: {type: string}, default: []}
      note: {type: string}
  components:
    data:
      driver: terraform
      source: ./data
      with:
        name: \${{ environment.slug }}
    web:
      driver: terraform
      source: ./web
      with:
        title: '\${{ inputs.title }} of \${{ owner.name }}'
        pages: \${{ inputs.pages + 1 }}
        url: \${{ components.data.outputs.url }}
  outputs:
    url: {value: '\${{ components.web.outputs.url }}', title: Open}
  ttl:
    default: 2h
    max: 2d
    warnBefore: [1h, 5m]
`;

/** @throws when it is wrong */
export function documentOf(text: string): BlueprintDocument {
  const { document, problems } = parseBlueprint(text);
  if (!document) throw new Error(JSON.stringify(problems));
  return document;
}

/** What expressions of {@link SHOP} see once both of its components are made. */
export function scopeOf(changes: Partial<BlueprintScope> = {}): BlueprintScope {
  return {
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
    ...changes,
  };
}
