import { z } from 'zod';
import { Problem } from '@greenroom/plugin-environments-common';
import { Keyring } from '../../secrets/keyring';

const PURPOSE = 'lease-extend-link';

const LINK = z.object({
  environmentId: z.string(),
  /** Of the lease when the warning fell due: what came after it is known by that. */
  revision: z.number(),
  /** By how much it extends. */
  seconds: z.number(),
  /** Entity refs of those it was sent to. */
  recipients: z.array(z.string()),
});

/** What a link in a warning is bound to. */
export type ExtendLink = z.infer<typeof LINK>;

/** What a warning says of an extension: a link to it, or why there is none. */
export type Offered =
  { token: string; seconds: number } | { problem?: Problem };

/** Text for a link that nobody can make or change without the keys of this portal. */
export function sealLink(keyring: Keyring, link: ExtendLink): string {
  const plain = Buffer.from(JSON.stringify(link));
  return keyring.seal(plain, PURPOSE).toString('base64url');
}

/** @returns undefined when it was not made here, or by a key that is not configured any more */
export function openLink(
  keyring: Keyring,
  text: string,
): ExtendLink | undefined {
  try {
    const plain = keyring.open(Buffer.from(text, 'base64url'), PURPOSE);
    return LINK.parse(JSON.parse(plain.toString()));
  } catch {
    return undefined;
  }
}
