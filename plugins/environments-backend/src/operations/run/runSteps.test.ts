import knexFactory from 'knex';
import { mockServices } from '@backstage/backend-test-utils';
import { ClaimStore } from '../store/claims';
import { OperationRecord, StepRecord } from '../types';
import { CLAIM_TIMING, HeldClaim } from '../worker/claim';
import { runSteps } from './runSteps';

const OPERATION: OperationRecord = {
  id: 'operation',
  environmentId: 'environment',
  number: 1,
  kind: 'create',
  dryRun: false,
  state: 'running',
  blueprintVersionId: 'version',
  inputs: {},
  owner: 'group:default/checkout',
  requestedBy: 'user:default/mira',
  requestedAt: new Date(0),
  cause: { code: 'request', message: 'Because' },
};

const plan = (position: number): StepRecord => ({
  id: `step-${position}`,
  position,
  component: `component-${position}`,
  action: 'plan',
  state: 'waiting',
  attempt: 0,
  after: [],
});

describe('the steps of one operation', () => {
  it('are done four at a time, so that other operations get on as well', async () => {
    const held = new HeldClaim(
      { operationId: 'operation', environmentId: 'environment', fence: 1 },
      {
        store: new ClaimStore(knexFactory({ client: 'pg' })),
        timing: CLAIM_TIMING,
        logger: mockServices.logger.mock(),
        takenAt: performance.now(),
      },
    );
    const steps = [0, 1, 2, 3, 4, 5].map(plan);
    let underWay = 0;
    let most = 0;
    const outcome = await runSteps({
      operation: OPERATION,
      steps,
      held,
      start: async step => {
        underWay += 1;
        most = Math.max(most, underWay);
        await Promise.resolve();
        underWay -= 1;
        step.state = 'succeeded';
      },
      skip: async () => {},
    });
    await held.leave();
    expect({ outcome, most }).toEqual({ outcome: 'succeeded', most: 4 });
  });
});
