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

/** With what is read and checked, and not acted on yet. */
export const NOT_YET_SHOP: string = SHOP.replace(
  '  ttl:',
  `  drift:
    every: 1h
    ignore: ['components.data.resources["aws_db_instance.main"].tags', 'components.web.resources["a"]']
    remediate: manual
  policies:
    - when: request
      rule: 'inputs.pages < 5 || owner.inGroup("platform") || environment.type == "test" && blueprint.version != ""'
      otherwise: requireApproval
      message: Large sites need the platform team's word
  ttl:`,
);

/** Right too, with conditions, overlays, branches of inputs, examples and aliases. */
export const RICH = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata:
  name: rich
  labels: {team: shop}
  links: [{url: https://example.com}]
spec:
  type: preview
  owner: group:default/platform
  lifecycle: production
  version: 0.1.0-rc.1
  inputs:
    required: [title]
    definitions:
      port: {type: integer, minimum: 1, default: 80}
    properties:
      title: {type: string, pattern: '^[A-Z].*$', ui:autofocus: true}
      region: {type: string, readOnly: true, default: eu}
      tags: {type: array, maxItems: 5, items: {type: string}, default: [a, b]}
      kind: {enum: [none, own], default: own}
    if: {properties: {kind: {const: own}}}
    then:
      properties:
        port: {$ref: '#/definitions/port', default: 81}
    dependencies:
      kind:
        oneOf:
          - properties: {kind: {const: own}, size: {type: number, default: 0.5}}
          - properties: {kind: {const: none}}
  components:
    data:
      driver: terraform
      source: ./data
      when: \${{ inputs.kind != "none" && owner.ref.startsWith("group:") }}
      with: &usual
        tags: \${{ inputs.tags.filter(t, t.matches("^[a-z]+$")).map(t, t + "-" + environment.slug) }}
        size: '\${{ has(inputs.size) ? inputs.size : 1.0 }}'
        text: >-
          \${{ inputs.title }} in
          \${{ inputs.region }}
      pause:
        with: {tags: [], more: {deep: '\${{ blueprint.version }}'}}
    web:
      driver: terraform
      source: .
      with:
        usual: *usual
        shared: '\${{ inputs.kind == "own" ? "" : environments["db-" + inputs.region].outputs.url }}'
        url: '\${{ components.data.outputs.url == null ? "none" : components.data.outputs.url }}'
  outputs:
    url: {value: '\${{ components.web.outputs.url }}', sensitive: true}
    all: {value: {list: ['\${{ inputs }}', 1, null]}, title: All}
  ttl: {max: 7d, warnBefore: [1h], onExpiry: destroy}
  examples:
    - {name: small, description: Without a database, inputs: {title: Tea, kind: none}}
    - {name: usual, inputs: {title: Tea, tags: [x]}}
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
