/** Beyond this many pairs of lines, what is between the first and the last difference counts as changed. */
const MAX_PAIRS = 250_000;

/** Of two texts, the lines that the other does not have; the rest is said in numbers. */
export function differingLines(
  before: string,
  after: string,
): { before: string; after: string } {
  const old = before.split('\n');
  const new_ = after.split('\n');
  const kept = keptLines(old, new_);
  return {
    before: fold(old, new Set(kept.map(([one]) => one))),
    after: fold(new_, new Set(kept.map(([, other]) => other))),
  };
}

/** Pairs of places of the lines that both texts have, in order. */
function keptLines(old: string[], new_: string[]): [number, number][] {
  const shorter = Math.min(old.length, new_.length);
  let head = 0;
  while (head < shorter && old[head] === new_[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === new_.at(-1 - tail)) {
    tail++;
  }
  const between = longestCommon(
    old.slice(head, old.length - tail),
    new_.slice(head, new_.length - tail),
  );
  return [
    ...Array.from({ length: head }, (_, i): [number, number] => [i, i]),
    ...between.map(([a, b]): [number, number] => [a + head, b + head]),
    ...Array.from({ length: tail }, (_, i): [number, number] => [
      old.length - tail + i,
      new_.length - tail + i,
    ]),
  ];
}

function longestCommon(old: string[], new_: string[]): [number, number][] {
  if (old.length * new_.length > MAX_PAIRS) return [];
  // lengths[a][b]: how many lines the rest of one from a on shares with the rest of the other from b on.
  const lengths = Array.from({ length: old.length + 1 }, () =>
    new Array<number>(new_.length + 1).fill(0),
  );
  for (let a = old.length - 1; a >= 0; a--) {
    for (let b = new_.length - 1; b >= 0; b--) {
      lengths[a][b] =
        old[a] === new_[b]
          ? lengths[a + 1][b + 1] + 1
          : Math.max(lengths[a + 1][b], lengths[a][b + 1]);
    }
  }
  const pairs: [number, number][] = [];
  let a = 0;
  let b = 0;
  while (a < old.length && b < new_.length) {
    if (old[a] === new_[b]) pairs.push([a++, b++]);
    else if (lengths[a + 1][b] >= lengths[a][b + 1]) a++;
    else b++;
  }
  return pairs;
}

function fold(lines: string[], kept: ReadonlySet<number>): string {
  const shown: string[] = [];
  let same = 0;
  const tellSame = () => {
    if (same > 0) {
      shown.push(`⋯ ${same} ${same === 1 ? 'line' : 'lines'} unchanged`);
    }
    same = 0;
  };
  lines.forEach((line, index) => {
    if (kept.has(index)) {
      same++;
    } else {
      tellSame();
      shown.push(line);
    }
  });
  tellSame();
  return shown.join('\n');
}
