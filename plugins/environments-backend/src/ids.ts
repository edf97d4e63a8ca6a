import { randomBytes, randomUUID } from 'node:crypto';

/** The only maker of ids and tokens; tests hand in their own. */
export interface IdMaker {
  /** A UUID. */
  id(): string;
  /** An unguessable secret, url-safe. */
  token(): string;
}

export const randomIds: IdMaker = {
  id: () => randomUUID(),
  token: () => randomBytes(32).toString('base64url'),
};
