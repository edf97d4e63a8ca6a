import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DriverError,
  DriverStateAccess,
} from '@greenroom/plugin-environments-node';

const OVERRIDE_FILE = 'greenroom_backend_override.tf';
const OVERRIDE = 'terraform {\n  backend "http" {}\n}\n';

/**
 * How often a failed write of state is tried again, with 1, 2, 4 … seconds between: half a
 * minute of an absent database or a restarting backend costs no state.
 */
const RETRIES = '5';

/** Puts the state into Greenroom, whatever backend the module itself names: an override file replaces it. */
export async function writeBackendOverride(folder: string): Promise<void> {
  await writeFile(join(folder, OVERRIDE_FILE), OVERRIDE);
}

/** The backend's settings, as the http backend reads them: no file holds the credentials. */
export function backendEnvironment(
  state: DriverStateAccess,
): Record<string, string> {
  return {
    TF_HTTP_ADDRESS: state.address,
    TF_HTTP_LOCK_ADDRESS: state.lockAddress,
    TF_HTTP_UNLOCK_ADDRESS: state.unlockAddress,
    TF_HTTP_USERNAME: state.username,
    TF_HTTP_PASSWORD: state.password,
    TF_HTTP_RETRY_MAX: RETRIES,
  };
}

/**
 * Checks after an init that it is our backend that was taken: an override of the module's
 * own that is later in the alphabet, or in OpenTofu's .tofu, would win and lead the state elsewhere.
 */
export async function assertOwnBackend(
  folder: string,
  component: string,
): Promise<void> {
  const backend = await readBackend(folder);
  const settings = Object.values(backend?.config ?? {});
  if (backend?.type === 'http' && settings.every(value => value === null))
    return;
  throw new DriverError({
    code: 'terraform.backend.overridden',
    message: `The module of component "${component}" sets its state backend in an override`,
    component,
    remedy:
      'Remove the backend from the module: Greenroom keeps the state of every component',
  });
}

/** What the init wrote down; it writes nothing for the default backend, a local file. */
async function readBackend(
  folder: string,
): Promise<{ type: string; config: Record<string, unknown> } | undefined> {
  const file = join(folder, '.terraform', 'terraform.tfstate');
  try {
    return JSON.parse(await readFile(file, 'utf8')).backend;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
