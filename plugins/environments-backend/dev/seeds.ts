const BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: demo, title: Demo, description: Made by a scripted driver}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs: {type: object, properties: {title: {type: string, default: Hello}}}
  components:
    site: {driver: fault, source: ./site, with: {title: '\${{ inputs.title }}'}}
  outputs:
    url: {title: Open, value: '\${{ components.site.outputs.url }}'}
  ttl: {default: 10m, max: 1h}
`;

/** Sent to the API in this order once the backend is up. */
export const SEEDS = [
  {
    path: '/blueprints',
    body: {
      document: BLUEPRINT,
      files: { 'site/main.tf': Buffer.from('# nothing').toString('base64') },
    },
  },
];
