import { Operation } from '@greenroom/plugin-environments-common';
import {
  byAttempt,
  hangs,
  waitsFor,
} from '@greenroom/plugin-environments-node/contract-kit';
import { expectBody } from '../../testing/api';
import { useOperationsApi } from './__testUtils__/operationsApi';

describe('operations over HTTP that are under way', () => {
  const lab = useOperationsApi();
  const { driver, create, rest, submit, reached, move, refused, moveOf } = lab;

  describe('while another operation is under way', () => {
    /** An update that goes on until the gate is opened. */
    async function busy(name: string) {
      let open = () => {};
      const gate = new Promise<void>(resolve => {
        open = resolve;
      });
      const id = await create(name);
      driver.script('site', { apply: waitsFor(gate) });
      const running = await submit(id, {
        kind: 'update',
        inputs: { size: 'large' },
      });
      await lab.api.until<Operation>(`/operations/${running.id}`, operation =>
        operation.steps.some(
          step => step.action === 'apply' && step.state === 'running',
        ),
      );
      return { id, running, open };
    }

    it('refuses another one, and names the one that runs', async () => {
      const { id, running, open } = await busy('busy');
      const path = `/environments/${id}/operations`;
      const problem = await refused(path, { kind: 'destroy' }, 409);
      expect(problem).toMatchObject({
        code: 'environment.busy',
        operationId: running.id,
      });
      expect(problem.message).toContain('operation 2');
      const { body } = await lab.api.get(`/environments/${id}`);
      expectBody('Environment', body);
      expect(body.activeOperation).toMatchObject({
        id: running.id,
        state: 'running',
        owner: 'user:default/mock',
        dryRun: false,
      });
      open();
      await reached(running.id, 'succeeded');
    });

    it('queues behind it when asked, and then knows what the environment has become', async () => {
      const { id, running, open } = await busy('queued');
      const behind = await submit(id, {
        kind: 'upgrade',
        whenBusy: 'queue',
        inputs: { size: 'large', colour: 'red' },
      });
      expect(behind).toMatchObject({
        state: 'pending',
        steps: [],
        behind: { id: running.id, number: 2, kind: 'update' },
      });
      const last = await submit(id, { kind: 'update', whenBusy: 'queue' });
      expect(last).toMatchObject({
        behind: { id: behind.id },
        blueprint: { version: '1.1.0' },
        inputs: { colour: 'red' },
      });
      open();
      await reached(last.id, 'succeeded');
      const { body } = await lab.api.get(`/environments/${id}`);
      expect(body).toMatchObject({
        state: 'running',
        blueprint: { version: '1.1.0' },
        inputs: { size: 'large', colour: 'red' },
      });
    });

    it('ends one that waits for its turn as soon as it is cancelled', async () => {
      const { id, running, open } = await busy('called-off');
      const behind = await submit(id, { kind: 'pause', whenBusy: 'queue' });
      const cancelled = await move(behind.id, 'cancel', { reason: 'No need' });
      expect(cancelled).toMatchObject({
        state: 'cancelled',
        cancel: { by: 'user:default/mock', reason: 'No need' },
        problem: { code: 'operation.cancelled' },
      });
      open();
      await reached(running.id, 'succeeded');
      await rest(id, 'running');
    });
  });

  it('interrupts a running operation that is cancelled, once', async () => {
    const id = await create('cancelled');
    driver.script('site', { apply: hangs() });
    const operation = await submit(id, {
      kind: 'update',
      inputs: { size: 'large' },
    });
    await lab.api.until<Operation>(`/operations/${operation.id}`, ({ steps }) =>
      steps.some(step => step.action === 'apply' && step.state === 'running'),
    );
    await move(operation.id, 'cancel', { reason: 'Too slow' });
    const ended = await reached(operation.id, 'cancelled');
    expect(ended.cancel).toMatchObject({ reason: 'Too slow' });
    expect(ended.steps.at(-1)).toMatchObject({ state: 'cancelled' });
    const path = `/operations/${operation.id}/cancel`;
    const problem = await refused(path, {}, 409);
    expect(problem).toMatchObject({
      code: 'operation.ended',
      message: 'It has ended.',
    });
  });

  it('waits for the confirmation of exactly the plan that was read', async () => {
    const id = await create('confirmed');
    const { id: operationId } = await submit(id, {
      kind: 'update',
      inputs: { size: 'large' },
      confirm: true,
    });
    const waiting = await reached(operationId, 'waiting');
    expectBody('Operation', waiting);
    expect(moveOf(waiting, 'confirm').allowed).toBe(true);
    const { body: plan } = await lab.api.get(`/operations/${operationId}/plan`);
    expect(waiting.confirmation).toMatchObject({
      planHash: plan.hash,
      until: expect.any(String),
    });
    const path = `/operations/${operationId}/confirm`;
    const problem = await refused(path, { planHash: 'another' }, 409);
    expect(problem.code).toBe('operation.plan-changed');
    await refused(path, {}, 400);
    expect((await rest(id, 'updating')).inputs).toEqual({ size: 'small' });

    await move(operationId, 'confirm', { planHash: plan.hash });
    const ended = await reached(operationId, 'succeeded');
    expect(ended.confirmation).toMatchObject({
      planHash: plan.hash,
      confirmedBy: 'user:default/mock',
    });
    expect((await rest(id, 'running')).inputs).toEqual({ size: 'large' });
    const again = await refused(path, { planHash: plan.hash }, 409);
    expect(again.code).toBe('operation.ended');
  });

  it('gives up a plan that waits when it is cancelled', async () => {
    const id = await create('unconfirmed');
    const { id: operationId } = await submit(id, {
      kind: 'update',
      inputs: { size: 'large' },
      confirm: true,
    });
    await reached(operationId, 'waiting');
    const cancelled = await move(operationId, 'cancel');
    expect(cancelled.state).toBe('cancelled');
    expect(cancelled.steps.map(step => step.state)).toEqual([
      'succeeded',
      'skipped',
    ]);
    expect((await rest(id, 'running')).inputs).toEqual({ size: 'small' });
  });

  it('takes an operation away from its worker, for a reason', async () => {
    const id = await create('taken-over');
    driver.script('site', {
      apply: byAttempt(() => {}, hangs()),
    });
    const { id: operationId } = await submit(id, {
      kind: 'update',
      inputs: { size: 'large' },
    });
    await lab.api.until<Operation>(`/operations/${operationId}`, ({ steps }) =>
      steps.some(step => step.action === 'apply' && step.state === 'running'),
    );
    const path = `/operations/${operationId}/take-over`;
    expect((await refused(path, {}, 400)).field).toBe('/reason');
    await move(operationId, 'take-over', { reason: 'It hangs' });
    const ended = await reached(operationId, 'succeeded');
    expect(ended.steps.find(step => step.action === 'apply')?.attempt).toBe(2);
    const problem = await refused(path, { reason: 'Again' }, 409);
    expect(problem.code).toBe('operation.ended');
  });
});
