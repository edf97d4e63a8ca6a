import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { denied, unauthenticated } from './refusal';

/** Somebody who may use the stand-in. */
export interface Account {
  name: string;
  token?: string;
  password?: string;
  /** Absent: all of them. */
  projects?: string[];
}

/** Who made a session, as Argo CD says. */
const ISSUER = 'argocd';

/** Knows callers by their tokens, and what they may do. */
export class Accounts {
  readonly #byToken = new Map<string, Account>();
  readonly #key = randomBytes(32);

  constructor(private readonly accounts: Account[]) {
    for (const account of accounts)
      if (account.token) this.#byToken.set(account.token, account);
  }

  signIn(username: unknown, password: unknown): string {
    const found = this.accounts.find(
      one => one.name === username && one.password === password,
    );
    if (!found || !password)
      throw unauthenticated('Invalid username or password');
    const token = this.#newToken(found);
    this.#byToken.set(token, found);
    return token;
  }

  /** Of whomever it is: who is not known is told so, and not refused. */
  userInfo(token: string | undefined) {
    const account = token && this.#byToken.get(token);
    return account
      ? { loggedIn: true, username: account.name, iss: ISSUER }
      : { loggedIn: false };
  }

  caller(token: string | undefined): Account {
    if (!token) throw unauthenticated('no session information');
    const account = this.#byToken.get(token);
    if (!account) throw unauthenticated('invalid session: token is malformed');
    return account;
  }

  /** The `argocd` command line reads in it whose it is; here only its owner is looked up. */
  #newToken({ name }: Account): string {
    const parts = [
      { alg: 'HS256', typ: 'JWT' },
      { iss: ISSUER, sub: `${name}:login`, jti: randomUUID() },
    ].map(part => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const hmac = createHmac('sha256', this.#key).update(parts.join('.'));
    return [...parts, hmac.digest('base64url')].join('.');
  }
}

/** What a header says of who calls. */
export function bearerOf(authorization: string | undefined) {
  return /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
}

export function mayUse({ projects }: Account, project: string): boolean {
  return projects === undefined || projects.includes(project);
}

export function requireProject(account: Account, project: string, act: string) {
  if (!mayUse(account, project))
    throw denied(
      `permission denied: applications, ${act}, sub: ${account.name}`,
    );
}
