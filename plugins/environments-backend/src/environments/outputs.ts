import { JsonValue } from '@greenroom/plugin-environments-common';
import { DriverOutput } from '@greenroom/plugin-environments-node';
import { Keyring } from '../secrets/keyring';

/** Outputs of a component as the database holds them: sensitive values are sealed. */
export type StoredOutputs = Record<
  string,
  | { sensitive: false; value: JsonValue }
  | { sensitive: true; /** base64 */ sealed: string }
>;

/** Seals and opens the outputs of one component. */
export class OutputVault {
  constructor(private readonly keyring: Keyring) {}

  seal(
    environmentId: string,
    component: string,
    outputs: Record<string, DriverOutput>,
  ): StoredOutputs {
    return mapValues(outputs, ({ value, sensitive }, name) => {
      if (!sensitive) return { sensitive, value };
      const sealed = this.keyring.seal(
        Buffer.from(JSON.stringify(value)),
        outputPurpose(environmentId, component, name),
      );
      return { sensitive, sealed: sealed.toString('base64') };
    });
  }

  open(
    environmentId: string,
    component: string,
    stored: StoredOutputs,
  ): Record<string, DriverOutput> {
    return mapValues(stored, (output, name) => {
      if (!output.sensitive) return output;
      const plain = this.keyring.open(
        Buffer.from(output.sealed, 'base64'),
        outputPurpose(environmentId, component, name),
      );
      return { sensitive: true, value: JSON.parse(plain.toString()) };
    });
  }
}

/** What the value of one sensitive output is sealed for. */
export function outputPurpose(
  environmentId: string,
  component: string,
  name: string,
): string {
  return `output:${environmentId}:${component}:${name}`;
}

function mapValues<T, R>(
  record: Record<string, T>,
  map: (value: T, key: string) => R,
): Record<string, R> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, map(value, key)]),
  );
}
