import { describeRealArgocd } from '@greenroom/plugin-argocd-node/testing';
import { live } from './testing/live';
import { stageOnReal, stageOnStandIn } from './__testUtils__/stages';

// Each makes a component of its own.
describe('What is seen between operations, with the stand-in', () => {
  live(stageOnStandIn(), { heals: false });
});

describeRealArgocd('What is seen between operations', argocd => {
  live(stageOnReal(argocd), { heals: true });
});
