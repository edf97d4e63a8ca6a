import { ArgocdCredentials } from './config';

/** Gets the token that requests carry, and knows what of an answer must not be repeated. */
export class Session {
  #begun?: { token: Promise<string>; value?: string };
  readonly #secrets = new Set<string>();

  constructor(
    private readonly credentials: ArgocdCredentials,
    private readonly begin: (account: {
      username: string;
      password: string;
    }) => Promise<{ token: string }>,
  ) {
    this.#secrets.add(
      'token' in credentials ? credentials.token : credentials.password,
    );
  }

  /** The configured token, or that of a session, which all callers share. */
  async token(): Promise<string> {
    if ('token' in this.credentials) return this.credentials.token;
    this.#begun ??= { token: this.#begin(this.credentials) };
    return this.#begun.token;
  }

  /**
   * Lets go of a token that was not accepted.
   *
   * @returns whether there can be another
   */
  forget(token: string): boolean {
    if ('token' in this.credentials) return false;
    // Somebody else may have begun the next session by now.
    if (this.#begun?.value === token) this.#begun = undefined;
    return true;
  }

  /** The text without what is secret. */
  mask(text: string): string {
    return [...this.#secrets].reduce(
      (masked, secret) => masked.replaceAll(secret, '***'),
      text,
    );
  }

  async #begin(account: { username: string; password: string }) {
    try {
      const { token } = await this.begin(account);
      this.#secrets.add(token);
      if (this.#begun) this.#begun.value = token;
      return token;
    } catch (error) {
      // The next caller tries anew.
      this.#begun = undefined;
      throw error;
    }
  }
}
