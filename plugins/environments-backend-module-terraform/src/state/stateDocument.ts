import { JsonValue } from '@greenroom/plugin-environments-common';
import {
  DriverOutput,
  DriverResource,
} from '@greenroom/plugin-environments-node';

/** State format 4, written by every Terraform since 0.12 and every OpenTofu, as far as it is read here. */
export interface StateDocument {
  version: 4;
  serial: number;
  lineage: string;
  outputs?: Record<string, { value: JsonValue; sensitive?: boolean }>;
  resources?: StateResource[];
}

interface StateResource {
  module?: string;
  mode: 'managed' | 'data';
  type: string;
  name: string;
  instances: {
    index_key?: string | number;
    attributes?: { id?: JsonValue };
  }[];
}

/** Undefined when this is no state that can be read. */
export function parseState(text: string): StateDocument | undefined {
  try {
    const document = JSON.parse(text);
    return document?.version === 4 ? document : undefined;
  } catch {
    return undefined;
  }
}

/** What the state says exists. Data sources are looked at, not kept, so they are left out. */
export function resourcesOf(state: StateDocument): DriverResource[] {
  return (state.resources ?? [])
    .filter(resource => resource.mode === 'managed')
    .flatMap(resource =>
      resource.instances.map(({ index_key: key, attributes }) => {
        const id = attributes?.id;
        return {
          address: addressOf(resource, key),
          type: resource.type,
          ...(typeof id === 'string' && { externalId: id }),
        };
      }),
    );
}

export function outputsOf(state: StateDocument): Record<string, DriverOutput> {
  return Object.fromEntries(
    Object.entries(state.outputs ?? {}).map(([name, output]) => [
      name,
      { value: output.value, sensitive: output.sensitive ?? false },
    ]),
  );
}

function addressOf(
  { module, type, name }: StateResource,
  key: string | number | undefined,
): string {
  const prefix = module ? `${module}.` : '';
  const index = key === undefined ? '' : `[${JSON.stringify(key)}]`;
  return `${prefix}${type}.${name}${index}`;
}
