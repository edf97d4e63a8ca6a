import { SandboxUnderTest } from '@greenroom/argocd-sandbox/testing';
import { RealArgocd } from '@greenroom/plugin-argocd-node/testing';
import { DriverStage } from '../testing/fixtures';

/** A stage on a stand-in of its own, for the tests of one `describe`. */
export function stageOnStandIn(): () => DriverStage {
  let argocd: SandboxUnderTest;
  let stage: DriverStage;
  beforeAll(async () => {
    argocd = await SandboxUnderTest.start();
    stage = await DriverStage.open(argocd);
  });
  afterAll(async () => {
    await stage.close();
    await argocd.close();
  });
  return () => stage;
}

/** A stage on the real one, for the tests of one `describe`; there is no other one meanwhile. */
export function stageOnReal(argocd: RealArgocd): () => DriverStage {
  let stage: DriverStage;
  beforeAll(async () => {
    stage = await DriverStage.open(argocd);
  });
  afterAll(async () => {
    await stage.close();
    await argocd.cluster.close();
  });
  return () => stage;
}
