/** The simplest of Kubernetes' selectors: `a=1,b in (2,3)`. */
export function isSelected(
  labels: Record<string, string> = {},
  selector = '',
): boolean {
  return selector
    .split(/,(?![^(]*\))/)
    .filter(Boolean)
    .every(part => {
      const set = /^\s*(\S+) in \((.*)\)\s*$/.exec(part);
      const [key, value] = set ? [set[1], set[2]] : part.split('=');
      const values = value.split(',').map(one => one.trim());
      return values.includes(labels[key.trim()]);
    });
}
