import { ConflictProblemError } from '../errors';
import { SealedByKey } from './sealedSource';

/** 409: without its key a value can't be opened, so it can't be sealed by another. */
export class RekeyKeyMissingError extends ConflictProblemError {
  constructor(missing: SealedByKey[]) {
    super(
      missing.map(({ key, values, examples }) => ({
        code: 'secrets.key-missing',
        message: `${values} sealed ${values === 1 ? 'value needs' : 'values need'} the key "${key}", which is not configured: ${examples.join(', ')}${values > examples.length ? ', …' : ''}.`,
        remedy: `Put the key "${key}" back into environments.secrets.keys, behind the first one, restart the backend, and begin again.`,
      })),
    );
  }
}
