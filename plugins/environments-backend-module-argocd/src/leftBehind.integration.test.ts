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

const definition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: gadgets.left.example.com }
spec:
  group: left.example.com
  names: { kind: Gadget, plural: gadgets }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true }
`;
const gadget = `
apiVersion: left.example.com/v1
kind: Gadget
metadata: { name: one }
`;

describeRealArgocd('What a deletion leaves behind', argocd => {
  let stage: DriverStage;
  const components: Component[] = [];
  beforeAll(async () => {
    stage = await DriverStage.open(argocd);
    await stage.repository.commit({
      'careful/careful.yaml': careful,
      'defining/definition.yaml': definition,
      'defining/gadget.yaml': gadget,
    });
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
    const removed = one.destroy(driver);
    removed.catch(() => {});
    await one.said(/ConfigMap\/held is held by its finalizer/);
    await client.patchApplication(ref, { metadata: { finalizers: null } });
    await removed;
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

  it('would be a definition of resources, which is said before anything goes', async () => {
    const { driver } = stage;
    const { one } = await made('defining');
    await expect(one.destroy(driver)).rejects.toMatchObject({
      problem: {
        code: 'argocd.resource.stays',
        message: expect.stringContaining(
          'CustomResourceDefinition/gadgets.left.example.com',
        ),
      },
    });
    const place = '/apis/left.example.com/v1/namespaces/default/gadgets/one';
    expect(await argocd.cluster.get(place)).toMatchObject({ kind: 'Gadget' });
  });
});
