import {
  ArgocdAnswerError,
  ArgocdCall,
  ArgocdCondition,
  ArgocdConflictError,
  ArgocdError,
  ArgocdForbiddenError,
  ArgocdInvalidError,
  ArgocdNotFoundError,
  ArgocdUnauthorizedError,
} from './errors';

/** gRPC's numbers, which Argo CD puts beside its words. Its HTTP status says less. */
const Grpc = {
  invalid: 3,
  notFound: 5,
  denied: 7,
  precondition: 9,
  unauthenticated: 16,
} as const;

/** An answer that is no success, read as far as it can be. */
export interface Refusal {
  status: number;
  /** Absent when the answer was not Argo CD's. */
  grpcCode?: number;
  said: string;
}

/** Reads the body of a refusal; a stream wraps it once more than other calls. */
export function readRefusal(status: number, body: string): Refusal {
  const parsed = parse(body);
  const inner = typeof parsed?.error === 'object' ? parsed.error : undefined;
  const message = inner?.message ?? parsed?.message;
  const grpcCode = inner?.grpc_code ?? parsed?.code;
  return {
    status,
    grpcCode: typeof grpcCode === 'number' ? grpcCode : undefined,
    said: typeof message === 'string' ? message : body.slice(0, 300).trim(),
  };
}

interface RefusalBody {
  message?: unknown;
  code?: unknown;
  error?: string | { message?: unknown; grpc_code?: unknown };
}

function parse(body: string): RefusalBody | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The error that a refusal stands for. */
export function errorOf(refusal: Refusal, at: ArgocdCall): ArgocdError {
  const { status, grpcCode, said } = refusal;
  const call: ArgocdCall = { ...at, status, said };
  const where = `Argo CD "${at.instance}"`;
  if (grpcCode === Grpc.unauthenticated || status === 401)
    return new ArgocdUnauthorizedError(
      `${where} did not accept its token or account (${said})`,
      'Put a valid token, or account, for it into the configuration; tokens expire and can be revoked',
      call,
    );
  const conflict = conflictOf(said, where, call);
  if (conflict) return conflict;
  if (grpcCode === Grpc.denied || status === 403)
    return new ArgocdForbiddenError(
      `${where} did not allow ${at.request} (${said})`,
      'Check the name and the project, and what the account may do there: Argo CD answers the same for what is forbidden and for what is not there',
      call,
    );
  if (grpcCode === Grpc.notFound || status === 404)
    return new ArgocdNotFoundError(
      `${where} has nothing at ${at.request} (${said})`,
      'Check the name and the project',
      call,
    );
  const invalid = invalidOf(refusal, where, call);
  if (invalid) return invalid;
  if (status >= 500)
    return new ArgocdAnswerError(
      'argocd.failed',
      `${where} failed at ${at.request} with HTTP ${status} (${said})`,
      'Try again; if it stays, look at the logs of argocd-server, argocd-repo-server and Redis',
      call,
    );
  return new ArgocdAnswerError(
    'argocd.answer',
    `${where} answered ${at.request} with HTTP ${status} (${said})`,
    'Check that the url is that of Argo CD itself, version 3',
    call,
  );
}

const CONFLICTS: {
  words: RegExp;
  reason: ArgocdConflictError['reason'];
  message: string;
  remedy: string;
}[] = [
  {
    words: /another operation is already in progress/,
    reason: 'operationRunning',
    message: 'is busy with another operation on this application',
    remedy: 'Wait for its end, or terminate it',
  },
  {
    words: /application is deleting/,
    reason: 'deleting',
    message: 'is deleting this application',
    remedy: 'Wait until it is gone',
  },
  {
    words: /existing application spec is different/,
    reason: 'existsDifferently',
    message: 'has an application of this name with another specification',
    remedy: 'Take another name, or update the one that is there',
  },
  {
    words: /auto-sync/i,
    reason: 'automatedSync',
    message: 'syncs this application by itself',
    remedy: 'Turn its automated sync off first, or change what it syncs to',
  },
  {
    words: /blocked by sync window/,
    reason: 'syncWindow',
    message: 'may not sync this application now, by a sync window',
    remedy:
      "Wait for the window to open, or change the project's windows in Argo CD",
  },
];

function conflictOf(said: string, where: string, call: ArgocdCall) {
  const found = CONFLICTS.find(({ words }) => words.test(said));
  return (
    found &&
    new ArgocdConflictError(
      found.reason,
      `${where} ${found.message} (${said})`,
      found.remedy,
      call,
    )
  );
}

function invalidOf(
  { grpcCode, said }: Refusal,
  where: string,
  call: ArgocdCall,
): ArgocdInvalidError | undefined {
  if (/error resolving repo revision/.test(said))
    return new ArgocdInvalidError(
      'argocd.revision',
      [],
      `${where} can't read the revision from the repository (${said})`,
      'Check that the revision exists, and that Argo CD can reach the repository with the credentials it has',
      call,
    );
  if (grpcCode !== Grpc.invalid && grpcCode !== Grpc.precondition)
    return undefined;
  const conditions = conditionsIn(said);
  const unread = conditions.map(unreadRepository).find(Boolean);
  if (unread)
    return new ArgocdInvalidError(
      'argocd.repository',
      conditions,
      `${where} can't read the repository ${unread.url} (${unread.said})`,
      unread.isLocked
        ? 'Give Argo CD an account that may read it, under Settings, Repositories; where there is one, its password or token is wrong, has expired, or may not read this repository'
        : 'Check the address, and that the repo-server of Argo CD can reach it',
      call,
    );
  return new ArgocdInvalidError(
    'argocd.invalid',
    conditions,
    `${where} refused ${call.request}: ${conditions.map(({ message }) => message).join('; ') || said}`,
    'Change what the message names, then try again',
    call,
  );
}

/** Which repository could not be read, and the reason out of the many words around it. */
function unreadRepository({ message }: ArgocdCondition) {
  const [, url, words] =
    /^repository not accessible: .*?Repo: "([^"]*)".*?: (.*)$/s.exec(message) ??
    [];
  if (url === undefined) return undefined;
  const said = words.replace(/^.*error testing repository connectivity: /s, '');
  const isLocked =
    /authenticat|authoriz|permission denied|unable to sign in|\b40[13]\b/i.test(
      said,
    );
  return { url, said, isLocked };
}

/** `application spec for x is invalid: InvalidSpecError: a;InvalidSpecError: b` */
function conditionsIn(said: string): ArgocdCondition[] {
  const list = /application spec for \S+ is invalid: (.*)$/s.exec(said)?.[1];
  return (list ?? '')
    .split(/;(?=\w+(?:Error|Warning): )/)
    .map(part => /^(\w+): (.*)$/s.exec(part.trim()))
    .filter(match => match !== null)
    .map(([, type, message]) => ({ type, message }));
}
