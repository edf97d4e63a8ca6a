import { isDeepStrictEqual } from 'node:util';
import {
  EnvironmentState,
  OperationKind,
  OperationMove,
  mayBegin,
} from '@greenroom/plugin-environments-common';
import { Rights } from '../../environments/access';
import { EnvironmentRecord } from '../../environments/types';
import { isFinal } from '../machine/lifecycle';
import { DESTROYED, DRY_RUN, ENDED, NOT_ENDED, Refusal } from './refusal';
import { OperationRecord } from '../types';

export type Move = OperationMove['move'];

/** One operation among those of its environment. */
export type Mark = Pick<OperationRecord, 'id' | 'number' | 'kind'>;

/** What a rollback needs to know of the operation that it would go back to. */
export type RollbackTarget = Mark &
  Pick<
    OperationRecord,
    'state' | 'dryRun' | 'blueprintVersionId' | 'inputs' | 'finishedAt'
  >;

/** What the moves depend on. */
export interface MoveFacts {
  operation: RollbackTarget & Pick<OperationRecord, 'cancel'>;
  environment: Pick<
    EnvironmentRecord,
    'name' | 'owner' | 'state' | 'blueprintVersionId' | 'inputs'
  >;
  /** The one that has the environment now, if any does. */
  active?: Mark;
  /** The newest that was to change anything: no dry run. Absent for the dry run of a create. */
  newest?: Mark;
  /** The newest success before this one; before a success, the newest that made something else. */
  earlier?: RollbackTarget;
  may: Rights;
}

/** What pages show; the service refuses by the same functions, so they never disagree. */
export function movesOf(facts: MoveFacts): OperationMove[] {
  const target = rollbackTarget(facts);
  const withTarget = target && {
    operationId: target.id,
    finishedAt: target.finishedAt?.toISOString(),
  };
  return [
    verdict('cancel', refuseCancel(facts)),
    verdict('confirm', refuseConfirm(facts)),
    verdict('retry', refuseRetry(facts)),
    {
      ...verdict('rollback', refuseRollbackMove(facts, target)),
      ...withTarget,
    },
    verdict('takeOver', refuseTakeOver(facts)),
    verdict('destroy', refuseDestroy(facts)),
  ];
}

export function refuseCancel(facts: MoveFacts): Refusal | undefined {
  const { operation } = facts;
  if (isFinal(operation.state)) return ENDED;
  if (operation.cancel) {
    return {
      code: 'operation.cancel-requested',
      reason: `${operation.cancel.by} has asked for that already.`,
      remedy: 'Wait until its steps under way have let go.',
    };
  }
  return forbidden(facts, operation.kind);
}

export function refuseConfirm(facts: MoveFacts): Refusal | undefined {
  const { operation } = facts;
  if (isFinal(operation.state)) return ENDED;
  if (operation.state !== 'waiting') {
    return {
      code: 'operation.not-waiting',
      reason: 'It does not wait for anybody to confirm its plan.',
      remedy: 'Nothing is to be done.',
    };
  }
  return forbidden(facts, operation.kind);
}

export function refuseRetry(facts: MoveFacts): Refusal | undefined {
  const { operation } = facts;
  if (operation.dryRun) return DRY_RUN;
  if (operation.state === 'succeeded') {
    return {
      code: 'operation.succeeded',
      reason: 'It succeeded.',
      remedy: 'There is nothing to try again.',
    };
  }
  if (!isFinal(operation.state)) return NOT_ENDED;
  return (
    superseded(facts) ??
    cannotBegin(facts, operation.kind) ??
    forbidden(facts, operation.kind)
  );
}

/** Back to what this very operation had made of the environment. */
export function refuseRollbackTo(
  target: RollbackTarget,
  facts: Omit<MoveFacts, 'operation'>,
): Refusal | undefined {
  if (target.dryRun) return DRY_RUN;
  if (!isFinal(target.state)) return NOT_ENDED;
  if (target.state !== 'succeeded') {
    return {
      code: 'operation.not-succeeded',
      reason: 'It did not succeed, so there is nothing to go back to.',
      remedy: 'Choose an operation that succeeded.',
    };
  }
  if (target.kind === 'destroy') return DESTROYED;
  if (isPresent(target, facts)) {
    return {
      code: 'operation.present',
      reason: 'The environment has its version and inputs already.',
      remedy: 'Choose another operation, or none.',
    };
  }
  const kind = rollbackKind(target, facts);
  return cannotBegin(facts, kind) ?? forbidden(facts, kind);
}

/** A rollback is an update, or an upgrade to whichever version was there before. */
export function rollbackKind(
  target: Pick<OperationRecord, 'blueprintVersionId'>,
  { environment }: Pick<MoveFacts, 'environment'>,
): Extract<OperationKind, 'update' | 'upgrade'> {
  return target.blueprintVersionId === environment.blueprintVersionId
    ? 'update'
    : 'upgrade';
}

export function refuseTakeOver(facts: MoveFacts): Refusal | undefined {
  const { operation, may } = facts;
  if (isFinal(operation.state)) return ENDED;
  if (operation.state !== 'running') {
    return {
      code: 'operation.not-running',
      reason: 'No worker has it.',
      remedy: 'Nothing is to be taken over.',
    };
  }
  if (may.takeOver) return undefined;
  return {
    code: 'request.not-allowed',
    reason: 'Only operators may take over operations.',
    remedy: 'Ask the operators of this portal.',
    forbidden: true,
  };
}

function refuseDestroy(facts: MoveFacts): Refusal | undefined {
  return cannotBegin(facts, 'destroy') ?? forbidden(facts, 'destroy');
}

/**
 * What a rollback goes back to, seen from an operation: to itself while something else has changed
 * the environment since, from the newest to the one before it.
 */
function rollbackTarget(facts: MoveFacts): RollbackTarget | undefined {
  const { operation, newest, earlier } = facts;
  const isSuccess = operation.state === 'succeeded' && !operation.dryRun;
  if (isSuccess && !isPresent(operation, facts)) return operation;
  return newest?.id === operation.id ? earlier : undefined;
}

function refuseRollbackMove(
  facts: MoveFacts,
  target: RollbackTarget | undefined,
): Refusal | undefined {
  const { operation } = facts;
  if (target) return refuseRollbackTo(target, facts);
  if (operation.dryRun) return DRY_RUN;
  return (
    superseded(facts) ?? {
      code: 'operation.nothing-earlier',
      reason: 'There is no earlier success to go back to.',
      remedy: 'Update the environment, or destroy it.',
    }
  );
}

function superseded({ operation, newest }: MoveFacts): Refusal | undefined {
  if (!newest || newest.id === operation.id) return undefined;
  return {
    code: 'operation.superseded',
    reason: `A newer operation has changed the environment since: operation ${newest.number}.`,
    remedy: 'Look at the newer one.',
    operationId: newest.id,
  };
}

function cannotBegin(
  { environment, active }: Pick<MoveFacts, 'environment' | 'active'>,
  kind: OperationKind,
): Refusal | undefined {
  if (active) {
    return {
      code: 'environment.busy',
      reason: `Operation ${active.number} (${active.kind}) is under way.`,
      remedy: 'Wait until it has ended, or cancel it.',
      operationId: active.id,
    };
  }
  if (mayBegin(environment.state, kind)) return undefined;
  if (environment.state === 'destroyed') return DESTROYED;
  return {
    code: 'environment.state',
    reason: `The environment is ${environment.state}, where "${kind}" cannot begin.`,
    remedy: remedyIn(environment.state),
  };
}

function remedyIn(state: EnvironmentState): string {
  return state === 'paused'
    ? 'Resume the environment first.'
    : 'Wait until it has come to rest.';
}

function forbidden(
  { environment, may }: Pick<MoveFacts, 'environment' | 'may'>,
  kind: OperationKind,
): Refusal | undefined {
  if (kind === 'destroy' ? may.destroy : may.update) return undefined;
  return {
    code: 'environment.not-allowed',
    reason: `You may not do this to ${environment.name}; it belongs to ${environment.owner}.`,
    remedy: `Ask ${environment.owner}.`,
    forbidden: true,
  };
}

function isPresent(
  target: Pick<OperationRecord, 'blueprintVersionId' | 'inputs'>,
  { environment }: Pick<MoveFacts, 'environment'>,
): boolean {
  return (
    target.blueprintVersionId === environment.blueprintVersionId &&
    isDeepStrictEqual(target.inputs, environment.inputs)
  );
}

function verdict(move: Move, refusal: Refusal | undefined): OperationMove {
  return refusal
    ? { move, allowed: false, reason: refusal.reason }
    : { move, allowed: true };
}
