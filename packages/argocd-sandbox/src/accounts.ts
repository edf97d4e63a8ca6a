import { randomUUID } from 'node:crypto';
import { denied, unauthenticated } from './refusal';

/** Somebody who may use the stand-in. */
export interface Account {
  name: string;
  token?: string;
  password?: string;
  /** Absent: all of them. */
  projects?: string[];
}

/** Knows callers by their tokens, and what they may do. */
export class Accounts {
  readonly #byToken = new Map<string, Account>();

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
    const token = randomUUID();
    this.#byToken.set(token, found);
    return token;
  }

  caller(authorization: string | undefined): Account {
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
    if (!token) throw unauthenticated('no session information');
    const account = this.#byToken.get(token);
    if (!account) throw unauthenticated('invalid session: token is malformed');
    return account;
  }
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
