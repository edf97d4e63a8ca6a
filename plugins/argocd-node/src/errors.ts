import { CustomErrorBase } from '@backstage/errors';

/** Where and at what a call failed, kept by every error. */
export interface ArgocdCall {
  /** Name of the instance. */
  instance: string;
  /** What was asked for, `GET /api/v1/applications/shop`: never with what is secret. */
  request: string;
  /** HTTP status of the answer; absent when none came. */
  status?: number;
  /** Argo CD's own words, secrets masked. */
  said?: string;
}

/** A call failed. Each cause has a class, and a code that stays. */
export abstract class ArgocdError extends CustomErrorBase {
  abstract readonly code: `argocd.${string}`;

  constructor(
    message: string,
    /** What to do about it, as a sentence. */
    readonly remedy: string,
    readonly call: ArgocdCall,
    cause?: Error,
  ) {
    super(`${message}. ${remedy}`, cause);
  }
}

/** The token or the account was not accepted: wrong, expired, revoked or disabled. */
export class ArgocdUnauthorizedError extends ArgocdError {
  name = 'ArgocdUnauthorizedError' as const;
  readonly code = 'argocd.unauthorized' as const;
}

/**
 * The account may not do this, or there is no such thing: to who may not see it, Argo CD
 * answers the same for both.
 */
export class ArgocdForbiddenError extends ArgocdError {
  name = 'ArgocdForbiddenError' as const;
  readonly code = 'argocd.forbidden' as const;
}

/** There is no such thing, and the account would see it. */
export class ArgocdNotFoundError extends ArgocdError {
  name = 'ArgocdNotFoundError' as const;
  readonly code = 'argocd.notFound' as const;
}

/** What stands in the way of a call that would be fine at another time or after a change. */
export type ArgocdConflictReason =
  | 'operationRunning'
  | 'deleting'
  | 'existsDifferently'
  | 'automatedSync'
  | 'syncWindow';

/** The state of the application does not let this be done now. */
export class ArgocdConflictError extends ArgocdError {
  name = 'ArgocdConflictError' as const;
  readonly code: `argocd.conflict.${ArgocdConflictReason}`;

  constructor(
    readonly reason: ArgocdConflictReason,
    message: string,
    remedy: string,
    call: ArgocdCall,
  ) {
    super(message, remedy, call);
    this.code = `argocd.conflict.${reason}`;
  }
}

/** One of the reasons for which Argo CD refuses a specification. */
export interface ArgocdCondition {
  /** `InvalidSpecError`, `ComparisonError`, … */
  type: string;
  message: string;
}

/** What was sent is wrong: the specification, its source, its destination, a revision, a history id. */
export class ArgocdInvalidError extends ArgocdError {
  name = 'ArgocdInvalidError' as const;
  readonly code: 'argocd.invalid' | 'argocd.repository' | 'argocd.revision';

  constructor(
    code: 'argocd.invalid' | 'argocd.repository' | 'argocd.revision',
    /** Empty where Argo CD gives no reasons apart. */
    readonly conditions: ArgocdCondition[],
    message: string,
    remedy: string,
    call: ArgocdCall,
  ) {
    super(message, remedy, call);
    this.code = code;
  }
}

/** Nobody answers at the address, or not as whom its certificate should name. */
export class ArgocdUnreachableError extends ArgocdError {
  name = 'ArgocdUnreachableError' as const;
  readonly code: 'argocd.unreachable' | 'argocd.certificate';

  constructor(
    code: 'argocd.unreachable' | 'argocd.certificate',
    message: string,
    remedy: string,
    call: ArgocdCall,
    cause?: Error,
  ) {
    super(message, remedy, call, cause);
    this.code = code;
  }
}

/** No answer came within the time. Whether the call had an effect is not known. */
export class ArgocdTimeoutError extends ArgocdError {
  name = 'ArgocdTimeoutError' as const;
  readonly code = 'argocd.timeout' as const;
}

/** Argo CD failed, or what answers is not an Argo CD that is known here. */
export class ArgocdAnswerError extends ArgocdError {
  name = 'ArgocdAnswerError' as const;
  readonly code: 'argocd.failed' | 'argocd.answer';

  constructor(
    code: 'argocd.failed' | 'argocd.answer',
    message: string,
    remedy: string,
    call: ArgocdCall,
    cause?: Error,
  ) {
    super(message, remedy, call, cause);
    this.code = code;
  }
}
