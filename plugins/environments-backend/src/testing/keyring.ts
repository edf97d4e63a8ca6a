import { InputVault } from '../environments/inputVault';
import { Keyring } from '../secrets/keyring';

/** What tests seal by, unless they say otherwise. */
export const testKeyring = new Keyring([
  { id: 'test', secret: 'only for tests' },
]);

export const testInputVault = new InputVault(testKeyring);
