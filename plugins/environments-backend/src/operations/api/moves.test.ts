import {
  ENVIRONMENT_STATES,
  OPERATION_KINDS,
  OPERATION_STATES,
  OperationState,
  mayBegin,
} from '@greenroom/plugin-environments-common';
import { isFinal } from '../machine/lifecycle';
import {
  MoveFacts,
  movesOf,
  refuseCancel,
  refuseConfirm,
  refuseRetry,
  refuseRollbackTo,
  refuseTakeOver,
  rollbackKind,
} from './moves';

const OPERATION: MoveFacts['operation'] = {
  id: 'op-3',
  number: 3,
  kind: 'update',
  state: 'failed',
  dryRun: false,
  blueprintVersionId: 'v1',
  inputs: { pages: 5 },
};
const EARLIER: MoveFacts['operation'] = {
  ...OPERATION,
  id: 'op-1',
  number: 1,
  kind: 'create',
  state: 'succeeded',
  inputs: { pages: 3 },
  finishedAt: new Date('2026-11-21T10:00:00Z'),
};
const ENVIRONMENT: MoveFacts['environment'] = {
  name: 'shop',
  owner: 'group:default/checkout',
  state: 'degraded',
  blueprintVersionId: 'v1',
  inputs: { pages: 5 },
};

/** An update that failed after its first change, seen by its owner, with nothing in its way. */
function facts(changes: {
  operation?: Partial<MoveFacts['operation']>;
  environment?: Partial<MoveFacts['environment']>;
  active?: MoveFacts['active'];
  newest?: MoveFacts['newest'];
  earlier?: MoveFacts['earlier'];
  may?: Partial<MoveFacts['may']>;
}): MoveFacts {
  const operation = { ...OPERATION, ...changes.operation };
  return {
    newest: operation.dryRun ? EARLIER : operation,
    active: isFinal(operation.state) ? undefined : operation,
    earlier: EARLIER,
    ...changes,
    operation,
    environment: { ...ENVIRONMENT, ...changes.environment },
    may: { update: true, destroy: true, takeOver: false, ...changes.may },
  };
}

const allowedMoves = (given: MoveFacts) =>
  movesOf(given)
    .filter(({ allowed }) => allowed)
    .map(({ move }) => move);

const reasonFor = (given: MoveFacts, move: string) =>
  movesOf(given).find(each => each.move === move)?.reason;

describe('moves of an operation', () => {
  it.each<[OperationState, string[]]>([
    ['pending', ['cancel']],
    ['queued', ['cancel']],
    ['running', ['cancel', 'takeOver']],
    ['waiting', ['cancel', 'confirm']],
    ['succeeded', ['rollback', 'destroy']],
    ['failed', ['retry', 'rollback', 'destroy']],
    ['cancelled', ['retry', 'rollback', 'destroy']],
  ])('when it is %s, an operator may: %s', (state, moves) => {
    const given = facts({ operation: { state }, may: { takeOver: true } });
    expect(allowedMoves(given)).toEqual(moves);
  });

  it.each(OPERATION_STATES)(
    'when a dry run is %s, nothing can be retried or rolled back',
    state => {
      const given = facts({ operation: { state, dryRun: true } });
      expect(allowedMoves(given)).not.toContain('retry');
      expect(allowedMoves(given)).not.toContain('rollback');
    },
  );

  it.each([
    ['a dry run', { dryRun: true }, 'operation.dry-run'],
    ['one that runs', { state: 'running' }, 'operation.not-ended'],
    ['one that waits its turn', { state: 'pending' }, 'operation.not-ended'],
  ] as const)('says why %s can’t be retried', (_, operation, code) => {
    expect(refuseRetry(facts({ operation }))?.code).toBe(code);
  });

  it('gives a reason for every move that is not allowed, in every state, and none for the others', () => {
    for (const kind of OPERATION_KINDS) {
      for (const state of OPERATION_STATES) {
        for (const environment of ENVIRONMENT_STATES) {
          const given = facts({
            operation: { kind, state },
            environment: { state: environment },
          });
          for (const { allowed, reason } of movesOf(given)) {
            expect(Boolean(reason)).toBe(!allowed);
          }
        }
      }
    }
  });

  it('offers nothing that could not begin', () => {
    for (const kind of OPERATION_KINDS) {
      for (const state of ENVIRONMENT_STATES) {
        const given = facts({ operation: { kind }, environment: { state } });
        const allowed = allowedMoves(given);
        expect(allowed.includes('retry')).toBe(mayBegin(state, kind));
        expect(allowed.includes('rollback')).toBe(mayBegin(state, 'update'));
        expect(allowed.includes('destroy')).toBe(mayBegin(state, 'destroy'));
      }
    }
  });

  it('offers nothing but to look to those who may not change the environment', () => {
    const may = { update: false, destroy: false, takeOver: false };
    for (const state of OPERATION_STATES) {
      expect(allowedMoves(facts({ operation: { state }, may }))).toEqual([]);
    }
    expect(reasonFor(facts({ may }), 'retry')).toBe(
      'You may not do this to shop; it belongs to group:default/checkout.',
    );
  });

  it('asks for the permission to destroy where a destroy is cancelled or retried', () => {
    const may = { update: true, destroy: false };
    const running = facts({
      operation: { kind: 'destroy', state: 'queued' },
      may,
    });
    expect(refuseCancel(running)?.code).toBe('environment.not-allowed');
    const failed = facts({ operation: { kind: 'destroy' }, may });
    expect(refuseRetry(failed)?.code).toBe('environment.not-allowed');
  });

  it('names who has asked for the end already', () => {
    const cancel = { by: 'user:default/mira', at: new Date(0) };
    const given = facts({ operation: { state: 'running', cancel } });
    expect(reasonFor(given, 'cancel')).toBe(
      'user:default/mira has asked for that already.',
    );
  });

  it('names the newer operation that has changed the environment since', () => {
    const newest = { id: 'op-7', number: 7, kind: 'update' } as const;
    const given = facts({ newest });
    const reason =
      'A newer operation has changed the environment since: operation 7.';
    expect(reasonFor(given, 'retry')).toBe(reason);
    expect(reasonFor(given, 'rollback')).toBe(reason);
    expect(refuseRetry(given)).toMatchObject({
      code: 'operation.superseded',
      operationId: 'op-7',
    });
  });

  it('names the operation that is under way', () => {
    const active = { id: 'op-8', number: 8, kind: 'update' } as const;
    expect(refuseRetry(facts({ active }))).toMatchObject({
      code: 'environment.busy',
      reason: 'Operation 8 (update) is under way.',
      operationId: 'op-8',
    });
  });

  describe('rollback', () => {
    const rollback = (given: MoveFacts) =>
      movesOf(given).find(({ move }) => move === 'rollback');

    it('goes from a failure to the success before it', () => {
      expect(rollback(facts({}))).toEqual({
        move: 'rollback',
        allowed: true,
        operationId: 'op-1',
        finishedAt: '2026-11-21T10:00:00.000Z',
      });
    });

    it('goes from the newest success to the one before it', () => {
      const given = facts({ operation: { state: 'succeeded' } });
      expect(rollback(given)).toMatchObject({
        allowed: true,
        operationId: 'op-1',
      });
    });

    it('goes to a success itself once something newer has changed the environment', () => {
      const given = facts({
        operation: EARLIER,
        newest: OPERATION,
        earlier: undefined,
      });
      expect(rollback(given)).toMatchObject({
        allowed: true,
        operationId: 'op-1',
      });
    });

    it.each([
      ['it failed', { state: 'failed' }, 'operation.not-succeeded'],
      ['it runs', { state: 'running' }, 'operation.not-ended'],
      ['it was a dry run', { dryRun: true }, 'operation.dry-run'],
      ['it destroyed all', { kind: 'destroy' }, 'environment.destroyed'],
      ['it is the present', { inputs: { pages: 5 } }, 'operation.present'],
    ] as const)('refuses to go back to one when %s', (_, changes, code) => {
      const target = { ...EARLIER, ...changes };
      expect(refuseRollbackTo(target, facts({}))?.code).toBe(code);
    });

    it('goes to another version also where the inputs are the same', () => {
      const { inputs } = ENVIRONMENT;
      const target = { ...EARLIER, blueprintVersionId: 'v0', inputs };
      expect(refuseRollbackTo(target, facts({}))).toBeUndefined();
    });

    it('is refused once all is destroyed, with what to do instead', () => {
      const gone = facts({ environment: { state: 'destroyed' } });
      expect(refuseRollbackTo(EARLIER, gone)).toMatchObject({
        code: 'environment.destroyed',
        remedy: 'Create a new one.',
      });
    });

    it('is an upgrade when it goes back to another version, else an update', () => {
      expect(rollbackKind(EARLIER, facts({}))).toBe('update');
      const target = { ...EARLIER, blueprintVersionId: 'v0' };
      expect(rollbackKind(target, facts({}))).toBe('upgrade');
    });

    it('says so when there is nothing to go back to', () => {
      const given = facts({
        operation: { kind: 'create' },
        earlier: undefined,
      });
      expect(rollback({ ...given, earlier: undefined })).toEqual({
        move: 'rollback',
        allowed: false,
        reason: 'There is no earlier success to go back to.',
      });
    });

    it('is refused while paused, with what to do first', () => {
      const paused = facts({ environment: { state: 'paused' } });
      expect(refuseRollbackTo(EARLIER, paused)).toMatchObject({
        code: 'environment.state',
        remedy: 'Resume the environment first.',
      });
    });
  });

  it.each([
    ['cancel', refuseCancel],
    ['confirm', refuseConfirm],
    ['take-over', refuseTakeOver],
  ])('refuses to %s what has ended', (_, refuse) => {
    expect(refuse(facts({}))).toMatchObject({
      code: 'operation.ended',
      reason: 'It has ended.',
    });
  });
});
