const PART =
  /^(!?) ?([^\s=!()]+) ?(?:(==?|!=) ?([^\s=!()]*)|(in|notin) ?\(([^()]*)\))?$/;

/** Longer than any, and short enough to be read at once. */
const LONGEST = 4096;

/**
 * Kubernetes' selectors: `a=1,b!=2,c in (3,4),d notin (5),e,!f`.
 *
 * @throws Error when it is none
 */
export function isSelected(
  labels: Record<string, string> = {},
  selector = '',
): boolean {
  if (selector.length > LONGEST)
    throw new Error(`error parsing the selector: over ${LONGEST} letters`);
  return selector
    .split(/,(?![^(]*\))/)
    .map(part => part.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .map(part => matches(labels, part))
    .every(Boolean);
}

function matches(labels: Record<string, string>, part: string): boolean {
  const [, absent, key, sign, value, word, list] = PART.exec(part) ?? [];
  if (!key || (absent && (sign || word)))
    throw new Error(`error parsing the selector: "${part}" is none`);
  const has = Object.hasOwn(labels, key);
  if (!sign && !word) return has !== Boolean(absent);
  const values = word ? list.split(',').map(one => one.trim()) : [value];
  const isOne = has && values.includes(labels[key]);
  return sign === '!=' || word === 'notin' ? !isOne : isOne;
}
