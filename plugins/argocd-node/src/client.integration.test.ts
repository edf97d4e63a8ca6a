import { ArgocdClient } from './client';
import { clientContract, describeRealArgocd } from './testing';

describeRealArgocd('ArgocdClient', argocd => {
  afterAll(async () => {
    await argocd.cluster.close();
  });
  clientContract(argocd);

  it('trusts its certificate by the configured authority alone', async () => {
    const careful = new ArgocdClient({ ...argocd.config, ca: undefined });
    await expect(careful.version()).rejects.toMatchObject({
      code: 'argocd.certificate',
    });
    await careful.close();
  });
});
