import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import semver from 'semver';
import { capture } from './capture';
import { childEnvironment } from './childEnvironment';
import { TerraformToolError } from './errors';

/** The oldest releases whose `init`, `plan` and `apply` all speak JSON. */
const OLDEST = { OpenTofu: '1.8.0', Terraform: '1.9.0' } as const;

export interface TerraformTool {
  product: keyof typeof OLDEST;
  version: string;
  /** Absolute. */
  path: string;
}

const REMEDY =
  'Install OpenTofu ≥ 1.8 or Terraform ≥ 1.9 and name it in environments.terraform.binary';

/**
 * Finds a binary, by path or on the PATH, and asks it what it is.
 *
 * @throws {@link TerraformToolError} when it is not there, does not start, is something else or too old
 */
export async function locateTool(binary: string): Promise<TerraformTool> {
  const path = findBinary(binary);
  let said: string;
  try {
    said = await capture({
      command: 'version',
      binary: path,
      args: ['version'],
      // Not the account's own configuration: a broken one is no reason to refuse a good binary.
      environment: childEnvironment(process.env, {
        TF_CLI_CONFIG_FILE: '/dev/null',
      }),
    });
  } catch (cause) {
    throw new TerraformToolError(
      'terraform.tool.unfit',
      `${path} does not answer to "version": ${(cause as Error).message}`,
      REMEDY,
      cause as Error,
    );
  }
  const found = /^(OpenTofu|Terraform) v(\S+)/m.exec(said);
  if (!found) {
    throw new TerraformToolError(
      'terraform.tool.unfit',
      `${path} is neither OpenTofu nor Terraform; it says ${JSON.stringify(said.slice(0, 80))}`,
      REMEDY,
    );
  }
  const product = found[1] as TerraformTool['product'];
  const version = found[2];
  const release = semver.coerce(version);
  if (!release || semver.lt(release, OLDEST[product])) {
    throw new TerraformToolError(
      'terraform.tool.unfit',
      `${path} is ${product} ${version}, older than ${OLDEST[product]}`,
      REMEDY,
    );
  }
  return { product, version, path };
}

function findBinary(binary: string): string {
  const places =
    isAbsolute(binary) || /[/\\]/.test(binary)
      ? [resolve(binary)]
      : (process.env.PATH ?? '')
          .split(delimiter)
          .filter(Boolean)
          .map(folder => join(folder, binary));
  const found = places.find(isExecutable);
  if (found) return found;
  throw new TerraformToolError(
    'terraform.tool.missing',
    places.length === 1
      ? `There is no program at ${places[0]}`
      : `There is no program "${binary}" on the PATH (looked in ${places.length} folders)`,
    REMEDY,
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
