import { Problem } from '@greenroom/plugin-environments-common';

/** A problem as compilers tell theirs, so that editors and terminals find the place. */
export function problemText({ place, code, message, remedy }: Problem): string {
  const at = place
    ? [place.file, place.line, place.column]
        .filter(part => part !== undefined)
        .join(':')
    : undefined;
  const line = [at, code, message].filter(Boolean).join(': ');
  return remedy ? `${line}\n  → ${remedy}` : line;
}
