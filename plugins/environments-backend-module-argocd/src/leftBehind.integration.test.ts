import { describeRealArgocd } from '@greenroom/plugin-argocd-node/testing';
import { Component } from './testing/component';
import { DriverStage, PROJECT } from './testing/fixtures';
import { TIMES } from './times';

const OBJECTS = '/api/v1/namespaces/default/configmaps';
const HERE = 'namespace: default\ncreateNamespace: false\n';

const careful = `
apiVersion: v1
kind: ConfigMap
metadata:
  name: careful
  annotations: { argocd.argoproj.io/sync-options: Delete=confirm }
`;

describeRealArgocd('What a deletion leaves behind', argocd => {
  let stage: DriverStage;
  const components: Component[] = [];
  beforeAll(async () => {
    stage = await DriverStage.open(argocd);
    await stage.repository.commit({ 'careful/careful.yaml': careful });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await stage.cleanUp();
    await Promise.all(components.splice(0).map(one => one.close()));
  });
  afterAll(async () => {
    await stage.close();
    await argocd.cluster.close();
  });

  const made = async (path: string) => {
    const one = await Component.make(path, stage.source(path, HERE));
    components.push(one);
    await one.make(stage.driver);
    const [{ name }] = await stage.applicationsOf(path);
    return { one, ref: { name, project: PROJECT } };
  };
  const gone = { gone: true, left: [] };

  it('is seen where somebody takes the finalizer of the application away in the midst of it', async () => {
    const { driver, client } = stage;
    const { one, ref } = await made('stubborn');
    jest.replaceProperty(TIMES, 'removalMs', 1500);
    await expect(one.destroy(driver)).rejects.toMatchObject({
      problem: { code: 'argocd.deletion.stuck' },
    });
    await client.patchApplication(ref, { metadata: { finalizers: null } });
    expect(await stage.applications()).toEqual([]);
    expect(await one.prove(driver)).toMatchObject({
      gone: false,
      left: [{ address: 'ConfigMap/held' }],
    });
    expect(await stage.applications()).toEqual([]);
    const release = { metadata: { finalizers: null } };
    await argocd.cluster.patch(`${OBJECTS}/held`, release);
    await one.proveGone(driver);
  });

  it('is what waits to be confirmed, until somebody does', async () => {
    const { driver, client } = stage;
    const { one, ref } = await made('careful');
    jest.replaceProperty(TIMES, 'removalMs', 1500);
    await expect(one.destroy(driver)).rejects.toMatchObject({
      problem: {
        code: 'argocd.deletion.stuck',
        message: expect.stringContaining(
          'ConfigMap/careful waits for somebody who confirms its deletion',
        ),
        remedy: expect.stringContaining(
          `argocd app confirm-deletion ${ref.name}`,
        ),
      },
    });
    jest.restoreAllMocks();
    const approved = new Date().toISOString();
    const annotations = { 'argocd.argoproj.io/deletion-approved': approved };
    await client.patchApplication(ref, { metadata: { annotations } });
    await one.destroy(driver);
    expect(await one.prove(driver)).toEqual(gone);
  });
});
