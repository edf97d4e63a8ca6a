import { describeRealArgocd } from '@greenroom/plugin-argocd-node/testing';
import { failures } from './testing/failures';
import { stageOnReal, stageOnStandIn } from './__testUtils__/stages';

describe('What goes wrong, with the stand-in', () => {
  failures(stageOnStandIn());
});

describeRealArgocd('What goes wrong', argocd => {
  failures(stageOnReal(argocd));
});
