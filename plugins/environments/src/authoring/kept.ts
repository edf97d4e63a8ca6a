import { BlueprintSource } from '@greenroom/plugin-environments-common';

const PREFIX = 'greenroom.authoring.';

/** What was written and not published is kept in the browser, by what it is written for. */
export function readKept(id: string): BlueprintSource | undefined {
  try {
    const text = window.localStorage.getItem(PREFIX + id);
    const kept: unknown = text === null ? undefined : JSON.parse(text);
    return isSource(kept) ? kept : undefined;
  } catch {
    // A browser that keeps nothing, or something of another making: one begins anew.
    return undefined;
  }
}

/** @returns false when the browser has no room for it, or keeps nothing at all */
export function keep(id: string, source: BlueprintSource): boolean {
  try {
    window.localStorage.setItem(PREFIX + id, JSON.stringify(source));
    return true;
  } catch {
    return false;
  }
}

export function forget(id: string): void {
  try {
    window.localStorage.removeItem(PREFIX + id);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function isSource(value: unknown): value is BlueprintSource {
  if (typeof value !== 'object' || value === null) return false;
  const { document, files } = value as Partial<BlueprintSource>;
  return (
    typeof document === 'string' &&
    typeof files === 'object' &&
    files !== null &&
    Object.values(files).every(content => typeof content === 'string')
  );
}
