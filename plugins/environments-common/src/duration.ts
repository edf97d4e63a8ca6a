const UNIT_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/**
 * Reads a duration as blueprints and requests write it: `90s`, `2m`, `36h`, `14d`.
 *
 * @returns seconds, or undefined when the text is not a positive whole number with one unit
 */
export function parseDurationSeconds(text: string): number | undefined {
  const match = /^([1-9]\d{0,8})([smhd])$/.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * UNIT_SECONDS[match[2] as keyof typeof UNIT_SECONDS];
}

/** Writes seconds the way people say them, at most two units: `2 min`, `1 h 30 min`, `14 d`. */
export function formatDurationSeconds(seconds: number): string {
  const units: [string, number][] = [
    ['d', UNIT_SECONDS.d],
    ['h', UNIT_SECONDS.h],
    ['min', UNIT_SECONDS.m],
    ['s', UNIT_SECONDS.s],
  ];
  let rest = Math.max(0, Math.floor(seconds));
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0 s';
}
