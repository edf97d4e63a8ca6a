import { describeRealArgocd } from '@greenroom/plugin-argocd-node/testing';
import { driverContract } from '@greenroom/plugin-environments-node/contract-kit';
import { contractFixtures } from './testing/fixtures';
import { stageOnReal, stageOnStandIn } from './__testUtils__/stages';

describe('The Argo CD driver', () => {
  const stage = stageOnStandIn();

  driverContract({
    name: 'the stand-in',
    fixtures: async () =>
      contractFixtures(stage(), { name: 'contract', own: true }),
  });
});

describeRealArgocd('The Argo CD driver', argocd => {
  const stage = stageOnReal(argocd);

  // A namespace takes Kubernetes six seconds to remove, so another test tries that, once.
  driverContract({
    name: 'Argo CD',
    fixtures: async () =>
      contractFixtures(stage(), { name: 'default', own: false }),
  });
});
