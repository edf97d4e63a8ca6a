import {
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { CustomErrorBase } from '@backstage/errors';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = 1;

export interface SecretKey {
  /** Stands in front of everything sealed with it; never reused for another secret. */
  id: string;
  secret: string;
}

/** Nothing but putting the key back opens what it has sealed. */
export class SealKeyMissingError extends CustomErrorBase {
  name = 'SealKeyMissingError' as const;

  constructor(readonly keyId: string) {
    super(
      `The key "${keyId}" that sealed this is not among environments.secrets.keys; put it back behind the first one.`,
    );
  }
}

/**
 * Seals what must not be readable in the database: Terraform states and sensitive outputs.
 *
 * Layout: format (1 byte), length of the key's id (1 byte), the id, nonce, tag, ciphertext. The
 * first key seals, all of them open, so a key is retired by putting a new one in front. The
 * purpose is authenticated: a sealed value copied to another row does not open there.
 */
export class Keyring {
  readonly #keys: { id: Buffer; key: Buffer }[];

  constructor(keys: [SecretKey, ...SecretKey[]]) {
    this.#keys = keys.map(({ id, secret }) => ({
      id: Buffer.from(id),
      key: Buffer.from(hkdfSync('sha256', secret, '', 'greenroom', 32)),
    }));
  }

  /** Id of the key that seals. */
  get firstKey(): string {
    return this.#keys[0].id.toString();
  }

  /** What everything that the first key sealed begins with, and nothing else. */
  get firstHead(): Buffer {
    return headOf(this.#keys[0].id);
  }

  has(keyId: string): boolean {
    return this.#keys.some(({ id }) => id.toString() === keyId);
  }

  /** Whether a sealed value is not under the first key, so that an older one must be kept for it. */
  needsRekey(sealed: Buffer): boolean {
    const head = this.firstHead;
    return !sealed.subarray(0, head.length).equals(head);
  }

  /** The same value under the first key. @throws as {@link open} */
  reseal(sealed: Buffer, purpose: string): Buffer {
    return this.seal(this.open(sealed, purpose), purpose);
  }

  seal(plain: Buffer, purpose: string): Buffer {
    const { id, key } = this.#keys[0];
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce);
    cipher.setAAD(Buffer.from(purpose));
    const text = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([headOf(id), nonce, cipher.getAuthTag(), text]);
  }

  /** @throws when the key is not configured any more, or the value was changed or moved */
  open(sealed: Buffer, purpose: string): Buffer {
    const idEnd = 2 + sealed[1];
    const id = sealed.subarray(2, idEnd);
    const found = this.#keys.find(key => key.id.equals(id));
    if (sealed[0] !== FORMAT || !found) {
      throw new SealKeyMissingError(id.toString());
    }
    const tagStart = idEnd + NONCE_BYTES;
    const textStart = tagStart + TAG_BYTES;
    const nonce = sealed.subarray(idEnd, tagStart);
    const decipher = createDecipheriv(CIPHER, found.key, nonce);
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(sealed.subarray(tagStart, textStart));
    return Buffer.concat([
      decipher.update(sealed.subarray(textStart)),
      decipher.final(),
    ]);
  }
}

function headOf(id: Buffer): Buffer {
  return Buffer.concat([Buffer.from([FORMAT, id.length]), id]);
}
