import { JsonObject } from '@greenroom/plugin-environments-common';
import { Keyring } from '../../secrets/keyring';

/** Seals what a component was given: among it may be the secrets of those that it uses. */
export class GivenVault {
  constructor(private readonly keyring: Keyring) {}

  seal(environmentId: string, component: string, given: JsonObject): Buffer {
    return this.keyring.seal(
      Buffer.from(JSON.stringify(given)),
      givenPurpose(environmentId, component),
    );
  }

  open(environmentId: string, component: string, sealed: Buffer): JsonObject {
    const plain = this.keyring.open(
      sealed,
      givenPurpose(environmentId, component),
    );
    return JSON.parse(plain.toString());
  }
}

export function givenPurpose(environmentId: string, component: string): string {
  return `with:${environmentId}:${component}`;
}
