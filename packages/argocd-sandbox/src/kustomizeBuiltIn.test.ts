import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { buildByItself } from './kustomizeBuiltIn';

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      initContainers: [{ name: init, image: 'registry.example.com:5000/tools@sha256:1' }]
      containers: [{ name: web, image: 'nginx:1.27' }, { name: log, image: vector }]
`;
const SETTINGS = `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, annotations: { a: '1' } }
data: {}
`;

describe('a kustomization without Kustomize', () => {
  let tree: string;
  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), 'kustomization-'));
  });
  afterEach(() => rmSync(tree, { recursive: true }));

  const build = async (kustomization: string, more: object = {}) => {
    const files = {
      'web/web.yaml': WEB,
      'web/kustomization.yaml': 'resources: [web.yaml]',
      'settings.yaml': SETTINGS,
      ...more,
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
    }
    return buildByItself(tree, tree, parse(kustomization));
  };

  it('has its files and those of the folders that it names', async () => {
    const found = await build('resources: [web, settings.yaml]');
    expect(found).toEqual([parse(WEB), parse(SETTINGS)]);
  });

  it('is changed by patches, annotations, replicas and images', async () => {
    const [deployment, settings] = await build(`
resources: [web, settings.yaml]
patches:
  - target: { kind: ConfigMap, name: settings }
    patch: |
      - { op: add, path: /data/url, value: "postgres://db" }
commonAnnotations: { b: '2' }
replicas: [{ name: web, count: 0 }]
images:
  - { name: nginx, newName: caddy, newTag: '2' }
  - { name: vector, newTag: '0.40' }
  - { name: 'registry.example.com:5000/tools', digest: 'sha256:2' }
`);
    expect(settings).toMatchObject({
      metadata: { annotations: { a: '1', b: '2' } },
      data: { url: 'postgres://db' },
    });
    expect(deployment).toMatchObject({
      metadata: { annotations: { b: '2' } },
      spec: {
        replicas: 0,
        template: {
          metadata: { annotations: { b: '2' } },
          spec: {
            initContainers: [
              { image: 'registry.example.com:5000/tools@sha256:2' },
            ],
            containers: [{ image: 'caddy:2' }, { image: 'vector:0.40' }],
          },
        },
      },
    });
  });

  it.each([
    ['namePrefix: a-', 'kustomize is not on the PATH'],
    ['configMapGenerator: [{ name: a }]', '"configMapGenerator"'],
    [
      'patches: [{ patch: "kind: Deployment" }]',
      'but those of JSON operations',
    ],
    [
      'patches: [{ patch: "[]", target: { group: apps } }]',
      'targets by "group"',
    ],
    [
      'patches: [{ patch: "[{ op: replace, path: /data/no, value: 1 }]" }]',
      'a patch of ConfigMap',
    ],
    ['replicas: [{ name: nobody, count: 1 }]', '"nobody", and nothing is'],
    ['resources: [nothing.yaml]', 'nothing.yaml: there is no such file'],
    ['resources: [../../etc]', 'lies outside of the repository'],
    ['resources: [broken.yaml]', 'Failed to unmarshal "broken.yaml"'],
  ])('refuses %s', async (more, message) => {
    const begin = more.startsWith('resources')
      ? ''
      : 'resources: [settings.yaml]\n';
    await expect(
      build(`${begin}${more}`, { 'broken.yaml': 'a: {' }),
    ).rejects.toThrow(message);
  });
});
