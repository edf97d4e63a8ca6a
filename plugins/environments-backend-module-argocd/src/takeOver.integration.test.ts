import { describeRealArgocd } from '@greenroom/plugin-argocd-node/testing';
import { stageOnReal, stageOnStandIn } from './__testUtils__/stages';
import { takeOver } from './testing/takeOver';

describe('An application that is taken over, with the stand-in', () => {
  takeOver(stageOnStandIn());
});

describeRealArgocd('An application that is taken over', argocd => {
  takeOver(stageOnReal(argocd));
});
