import { errorOf, readRefusal } from './refusal';

const call = { instance: 'prod', request: 'GET /api/v1/applications/shop' };

const errorFor = (status: number, code: number, message: string) =>
  errorOf(
    readRefusal(status, JSON.stringify({ error: message, code, message })),
    call,
  );

// What a real Argo CD 3.2 answers, case by case.
const REFUSALS: [number, number, string, string][] = [
  [401, 16, 'invalid session: token has expired', 'argocd.unauthorized'],
  [403, 7, 'permission denied', 'argocd.forbidden'],
  [
    403,
    7,
    'permission denied: applications, update, team-b/shop, sub: greenroom',
    'argocd.forbidden',
  ],
  [404, 5, 'applications.argoproj.io "shop" not found', 'argocd.notFound'],
  [
    400,
    9,
    'another operation is already in progress',
    'argocd.conflict.operationRunning',
  ],
  [400, 9, 'application is deleting', 'argocd.conflict.deleting'],
  [
    400,
    3,
    'existing application spec is different, use upsert flag to force update',
    'argocd.conflict.existsDifferently',
  ],
  [
    400,
    9,
    'Cannot sync to v2: auto-sync currently set to main',
    'argocd.conflict.automatedSync',
  ],
  [
    400,
    9,
    'rollback cannot be initiated when auto-sync is enabled',
    'argocd.conflict.automatedSync',
  ],
  [403, 7, 'cannot sync: blocked by sync window', 'argocd.conflict.syncWindow'],
  [
    400,
    9,
    "error resolving repo revision: rpc error: code = Unknown desc = unable to resolve 'nope' to a commit SHA",
    'argocd.revision',
  ],
  [
    400,
    3,
    'application spec for shop is invalid: InvalidSpecError: app path does not exist',
    'argocd.invalid',
  ],
  [400, 3, 'unexpected EOF', 'argocd.invalid'],
  [500, 2, 'dial tcp: i/o timeout', 'argocd.failed'],
];

describe('errorOf', () => {
  it.each(REFUSALS)(
    'reads %i/%i "%s" as %s',
    (status, code, said, expected) => {
      const error = errorFor(status, code, said);
      expect(error).toMatchObject({
        code: expected,
        call: { instance: 'prod', status, said },
      });
      expect(error.message).toContain(said.split(': ').at(-1));
      expect(error.message.endsWith(error.remedy)).toBe(true);
    },
  );

  it('keeps the reasons for a refused specification apart', () => {
    const error = errorFor(
      400,
      3,
      'application spec for shop is invalid: InvalidSpecError: Unable to generate manifests: a;b: c;InvalidSpecError: no such cluster',
    );
    expect(error).toMatchObject({
      conditions: [
        {
          type: 'InvalidSpecError',
          message: 'Unable to generate manifests: a;b: c',
        },
        { type: 'InvalidSpecError', message: 'no such cluster' },
      ],
    });
  });

  it.each([
    [
      'authentication required: who are you?',
      'its password or token is wrong, has expired',
    ],
    ['dial tcp: lookup git.example.com: no such host', 'Check the address'],
  ])('says of a repository with "%s" what to do', (reason, remedy) => {
    const error = errorFor(
      400,
      3,
      `application spec for shop is invalid: InvalidSpecError: repository not accessible: repositories not accessible: &Repository{Repo: "https://git.example.com/shop", Type: "git", Name: "", Project: ""}: repo client error while testing repository: rpc error: code = Unknown desc = error testing repository connectivity: unable to ls-remote HEAD on repository: failed to list refs: ${reason}`,
    );
    expect(error).toMatchObject({
      code: 'argocd.repository',
      message: expect.stringContaining(
        `can't read the repository https://git.example.com/shop (unable to ls-remote HEAD on repository: failed to list refs: ${reason}). `,
      ),
      remedy: expect.stringContaining(remedy),
    });
  });

  it('says that a forbidden application may as well not be there', () => {
    expect(errorFor(403, 7, 'permission denied').remedy).toContain(
      'answers the same for what is forbidden and for what is not there',
    );
  });

  it('reads the refusal of a stream, which is wrapped once more', () => {
    const body = {
      error: { grpc_code: 16, http_code: 401, message: 'no session' },
    };
    const error = errorOf(readRefusal(401, JSON.stringify(body)), call);
    expect(error).toMatchObject({
      code: 'argocd.unauthorized',
      call: { said: 'no session' },
    });
  });

  it('shows the beginning of an answer that is not Argo CD’s', () => {
    const page = `<html>${'x'.repeat(1000)}</html>`;
    const error = errorOf(readRefusal(415, page), call);
    expect(error.code).toBe('argocd.answer');
    expect(error.call.said).toHaveLength(300);
  });
});
