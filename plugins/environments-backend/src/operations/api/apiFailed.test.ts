import { OperationSummary } from '@greenroom/plugin-environments-common';
import {
  byAttempt,
  fails,
} from '@greenroom/plugin-environments-node/contract-kit';
import { useOperationsApi } from './__testUtils__/operationsApi';

describe('operations over HTTP that have failed', () => {
  const lab = useOperationsApi();
  const { driver, create, rest, submit, reached, done, move, refused, moveOf } =
    lab;

  describe('after a failure', () => {
    async function failed(name: string) {
      const id = await create(name);
      driver.script('site', { apply: byAttempt(() => {}, fails()) });
      const { id: operationId } = await submit(id, {
        kind: 'update',
        inputs: { size: 'large' },
      });
      return { id, operation: await reached(operationId, 'failed') };
    }

    it('tries the same again', async () => {
      const { id, operation } = await failed('retried');
      expect(moveOf(operation, 'retry').allowed).toBe(true);
      expect((await rest(id, 'degraded')).inputs).toEqual({ size: 'large' });
      const retry = await move(operation.id, 'retry', { reason: 'Once more' });
      expect(retry).toMatchObject({
        kind: 'update',
        inputs: { size: 'large' },
        cause: {
          code: 'retry',
          message: 'Once more',
          operationId: operation.id,
        },
      });
      await reached(retry.id, 'succeeded');
      await rest(id, 'running');

      const path = `/operations/${operation.id}/retry`;
      expect(await refused(path, {}, 409)).toMatchObject({
        code: 'operation.superseded',
        message: `A newer operation has changed the environment since: operation ${retry.number}.`,
        operationId: retry.id,
      });
      const own = await refused(`/operations/${retry.id}/retry`, {}, 409);
      expect(own.code).toBe('operation.succeeded');
    });

    it('goes back to what was there before, as the page says', async () => {
      const { id, operation } = await failed('rolled-back');
      const rollback = moveOf(operation, 'rollback');
      expect(rollback).toMatchObject({ allowed: true });
      const back = await move(rollback.operationId!, 'roll-back-to');
      expect(back).toMatchObject({
        kind: 'update',
        inputs: { size: 'small' },
        cause: { code: 'rollback', operationId: rollback.operationId },
      });
      await reached(back.id, 'succeeded');
      expect((await rest(id, 'running')).inputs).toEqual({ size: 'small' });
      const path = `/operations/${rollback.operationId}/roll-back-to`;
      const problem = await refused(path, {}, 409);
      expect(problem.code).toBe('operation.present');
      const other = await refused(
        `/operations/${operation.id}/roll-back-to`,
        {},
        409,
      );
      expect(other.code).toBe('operation.not-succeeded');
    });

    it('goes back to another version by an upgrade, dry first', async () => {
      const id = await create('version-back');
      const [created] = (await lab.api.get(`/operations?environmentId=${id}`))
        .body.items as OperationSummary[];
      await done(id, { kind: 'upgrade' });
      const dry = await move(created.id, 'roll-back-to', { dryRun: true });
      expect(dry).toMatchObject({ kind: 'upgrade', dryRun: true });
      expect((await reached(dry.id, 'succeeded')).plan).toMatchObject({
        remove: 1,
      });
      const problem = await refused(`/operations/${dry.id}/retry`, {}, 409);
      expect(problem.code).toBe('operation.dry-run');
      const back = await move(created.id, 'roll-back-to');
      await reached(back.id, 'succeeded');
      const environment = await rest(id, 'running');
      expect(environment.blueprint.version).toBe('1.0.0');
    });
  });
});
