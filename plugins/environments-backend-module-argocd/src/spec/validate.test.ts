import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonObject } from '@greenroom/plugin-environments-common';
import { declaredOutputs, validateSpec } from './validate';

const GIT = 'source: { repoURL: https://git.example.com/shop, path: deploy }\n';

describe('validateSpec', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'argocd-spec-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function check(
    text: string | undefined,
    given: JsonObject = {},
    secrets: string[] = [],
  ) {
    if (text !== undefined) await writeFile(join(folder, 'argocd.yaml'), text);
    const component = { id: 'app', with: given, folder };
    const context = { component, secrets, sourcePath: 'app' };
    return validateSpec(context, ['production']);
  }

  it('takes a directory, Kustomize, a chart, and several sources', async () => {
    expect(await check(GIT)).toEqual([]);
    expect(
      await check(GIT, {
        source: {
          kustomize: { images: { web: 'nginx:1.27' }, replicas: { web: 2 } },
        },
      }),
    ).toEqual([]);
    expect(
      await check(
        'sources:\n  web: { repoURL: https://charts.example.com, chart: web, targetRevision: 1.2.3, helm: { valueFiles: [$values/web.yaml] } }\n  values: { repoURL: https://git.example.com/values }\n',
      ),
    ).toEqual([]);
  });

  it.each([
    [
      'no file',
      undefined,
      { code: 'argocd.spec.missing', place: { file: 'app' } },
    ],
    [
      'no YAML',
      'a: [',
      { code: 'argocd.spec.yaml', place: { file: 'app/argocd.yaml', line: 1 } },
    ],
    [
      'no source',
      'namespace: shop\n',
      { field: 'source', message: expect.stringContaining('there is none') },
    ],
    [
      'both kinds of sources',
      `${GIT}sources: { a: { repoURL: x } }\n`,
      { field: 'sources', place: { file: 'app/argocd.yaml', line: 2 } },
    ],
    [
      'a field that does not exist',
      `${GIT}nonsense: 1\n`,
      {
        code: 'argocd.spec.unknown',
        field: 'nonsense',
        place: { file: 'app/argocd.yaml', line: 2 },
      },
    ],
    [
      'a namespace that is none',
      `${GIT}namespace: No_Name\n`,
      { field: 'namespace', place: { file: 'app/argocd.yaml', line: 2 } },
    ],
    [
      'a source without a path',
      'source:\n  repoURL: x\n',
      { field: 'source.path' },
    ],
    [
      'a chart without a version',
      'source:\n  repoURL: x\n  chart: web\n',
      { field: 'source.targetRevision' },
    ],
    [
      'two ways to read a source',
      'source: { repoURL: x, path: y, helm: {}, kustomize: {} }\n',
      { field: 'source.helm' },
    ],
    [
      'a namespace that is made for an application which is there already',
      `${GIT}takeOver: legacy\ncreateNamespace: true\n`,
      { field: 'createNamespace' },
    ],
    [
      'an output that each component has',
      `${GIT}outputs: { revision: { resource: { kind: A, name: a }, path: b } }\n`,
      { field: 'outputs.revision' },
    ],
    [
      'a path that is none',
      `${GIT}outputs: { a: { resource: { kind: A, name: a }, path: 'b..c' } }\n`,
      { field: 'outputs.a.path' },
    ],
    [
      'an output out of a Secret',
      `${GIT}outputs: { a: { resource: { kind: Secret, name: a }, path: data.b } }\n`,
      { field: 'outputs.a.resource.kind' },
    ],
    [
      'an instance that is not configured',
      `${GIT}instance: other\n`,
      { code: 'argocd.instance.unknown' },
    ],
  ])('refuses %s, and says where and what to do', async (_, text, problem) => {
    const problems = await check(text);
    expect(problems).toEqual([
      expect.objectContaining({
        component: 'app',
        remedy: expect.any(String),
        ...problem,
      }),
    ]);
  });

  it('says of what stands in `with` that it is there', async () => {
    const [problem] = await check(GIT, { source: { path: 7 } });
    expect(problem).toMatchObject({ field: 'with.source.path' });
    expect(problem.place).toBeUndefined();
  });

  it('leaves open what an expression will give', async () => {
    const replicas = { web: '${{ inputs.replicas }}' };
    expect(await check(GIT, { source: { kustomize: { replicas } } })).toEqual(
      [],
    );
    expect(await check(GIT, { namespace: '${{ environment.slug }}' })).toEqual(
      [],
    );
    expect(await check(GIT, { source: '${{ inputs.source }}' })).toEqual([]);
  });

  it('takes no secret, since an application can be read by many', async () => {
    expect(await check(GIT, {}, ['source'])).toMatchObject([
      { code: 'argocd.spec.secret', field: 'with.source' },
    ]);
  });

  it('knows the names of the outputs before there are any', async () => {
    await writeFile(
      join(folder, 'argocd.yaml'),
      `${GIT}outputs: { host: { resource: { kind: Service, name: web }, path: spec.clusterIP } }\n`,
    );
    expect(await declaredOutputs({ id: 'app', with: {}, folder })).toEqual([
      'namespace',
      'revision',
      'images',
      'urls',
      'host',
    ]);
  });
});
