import {
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = 1;

export interface SecretKey {
  /** Stands in front of everything sealed with it; never reused for another secret. */
  id: string;
  secret: string;
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

  seal(plain: Buffer, purpose: string): Buffer {
    const { id, key } = this.#keys[0];
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce);
    cipher.setAAD(Buffer.from(purpose));
    const text = Buffer.concat([cipher.update(plain), cipher.final()]);
    const head = Buffer.from([FORMAT, id.length]);
    return Buffer.concat([head, id, nonce, cipher.getAuthTag(), text]);
  }

  /** @throws when the key is not configured any more, or the value was changed or moved */
  open(sealed: Buffer, purpose: string): Buffer {
    const idEnd = 2 + sealed[1];
    const id = sealed.subarray(2, idEnd);
    const found = this.#keys.find(key => key.id.equals(id));
    if (sealed[0] !== FORMAT || !found) {
      throw new Error(
        `The key "${id.toString()}" that sealed this is not among environments.secrets.keys; put it back behind the first one.`,
      );
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
