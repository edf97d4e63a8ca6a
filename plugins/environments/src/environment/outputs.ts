import {
  EnvironmentOutput,
  JsonValue,
} from '@greenroom/plugin-environments-common';

/** The address of an output that may be opened: outputs come from modules, so only web addresses count. */
export function webAddress(output: EnvironmentOutput): string | undefined {
  if (output.sensitive || typeof output.value !== 'string') return undefined;
  try {
    const url = new URL(output.value);
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
