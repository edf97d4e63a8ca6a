import { RootConfigService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

export interface TeardownSettings {
  /** Failures in a row from which on owner and operators are told. */
  escalateAfter: number;
  /** Entity refs of those who are told of all environments, beside each one's owner. */
  operators: string[];
}

const DEFAULT_ESCALATE_AFTER = 3;

export function readTeardownSettings(
  config: RootConfigService,
): TeardownSettings {
  const setting = 'environments.teardown';
  const teardown = config.getOptionalConfig(setting);
  const escalateAfter =
    teardown?.getOptionalNumber('escalateAfter') ?? DEFAULT_ESCALATE_AFTER;
  if (!Number.isInteger(escalateAfter) || escalateAfter < 1) {
    throw new Error(
      `${setting}.escalateAfter is ${escalateAfter}; write after how many failures in a row somebody is told, at least 1.`,
    );
  }
  const operators = teardown?.getOptionalStringArray('operators') ?? [];
  return { escalateAfter, operators: operators.map(readEntityRef) };

  function readEntityRef(ref: string): string {
    try {
      return stringifyEntityRef(parseEntityRef(ref));
    } catch {
      throw new Error(
        `${setting}.operators holds "${ref}"; write each with its kind, like group:default/platform.`,
      );
    }
  }
}
