import {
  EnvironmentOutput,
  JsonValue,
} from '@greenroom/plugin-environments-common';

/** The address of an output that may be opened. */
export function webAddress(output: EnvironmentOutput): string | undefined {
  if (output.sensitive || typeof output.value !== 'string') return undefined;
  return webHref(output.value);
}

/** An address as something that may be opened: it comes from elsewhere, so only web addresses count. */
export function webHref(address: string): string | undefined {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:'
      ? url.href
      : undefined;
  } catch {
    return undefined;
  }
}

export function outputText(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
