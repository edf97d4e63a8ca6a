import { attributeChanges, AttributeComparison } from './attributes';

const plain = { sensitive: false, unknown: false, forcesReplacement: false };

/** `path: before -> after`, the way a reader would sum it up. */
function summed(comparison: AttributeComparison): string[] {
  return attributeChanges(comparison).map(change => {
    const show = (value: unknown) =>
      value === undefined ? '·' : JSON.stringify(value);
    const marks = (['sensitive', 'unknown', 'forcesReplacement'] as const)
      .filter(mark => change[mark])
      .map(mark => ` ${mark}`)
      .join('');
    return `${change.path}: ${show(change.before)} -> ${show(change.after)}${marks}`;
  });
}

describe('attributeChanges', () => {
  it('lists what differs by its path, and leaves out what does not', () => {
    expect(
      attributeChanges({
        before: { name: 'a', size: 1, tags: { team: 'x', env: 'dev' } },
        after: { name: 'a', size: 2, tags: { team: 'y', env: 'dev' } },
      }),
    ).toEqual([
      { path: 'size', before: 1, after: 2, ...plain },
      { path: 'tags.team', before: 'x', after: 'y', ...plain },
    ]);
  });

  it('says of a new resource what it will have, and of a removed one what it had', () => {
    const resource = { name: 'a', size: null, tags: {}, ports: [80, 443] };
    expect(summed({ before: null, after: resource })).toEqual([
      'name: · -> "a"',
      'ports: · -> [80,443]',
      'tags: · -> {}',
    ]);
    expect(summed({ before: resource, after: null })).toEqual([
      'name: "a" -> ·',
      'ports: [80,443] -> ·',
      'tags: {} -> ·',
    ]);
  });

  it('takes null for absent, and tells false, 0 and "" from it', () => {
    expect(
      summed({
        before: { a: null, b: false, c: 0, d: null },
        after: { b: null, c: '', d: false },
      }),
    ).toEqual(['b: false -> ·', 'c: 0 -> ""', 'd: · -> false']);
  });

  it('goes into lists of maps, and shows plain lists as a whole', () => {
    expect(
      summed({
        before: { ingress: [{ port: 80 }], zones: ['a', 'b'] },
        after: { ingress: [{ port: 81 }, { port: 443 }], zones: ['b'] },
      }),
    ).toEqual([
      'ingress[0].port: 80 -> 81',
      'ingress[1].port: · -> 443',
      'zones: ["a","b"] -> ["b"]',
    ]);
  });

  it('writes paths as one would', () => {
    expect(
      summed({
        after: { labels: { 'a.b/c': 1, 'kebab-case': 2 }, 'x y': [{ z: 3 }] },
      }),
    ).toEqual([
      'labels["a.b/c"]: · -> 1',
      'labels.kebab-case: · -> 2',
      '["x y"][0].z: · -> 3',
    ]);
  });

  it('marks what is known only once applied, also where the value has no such key yet', () => {
    expect(
      summed({
        before: { id: '7', etag: 'x', list: [] },
        after: { id: '7', list: [{ name: 'n' }] },
        afterUnknown: { etag: true, arn: true, list: [{ id: true }] },
      }),
    ).toEqual([
      'arn: · -> · unknown',
      'etag: "x" -> · unknown',
      'list[0].id: · -> · unknown',
      'list[0].name: · -> "n"',
    ]);
  });

  it.each<[string, AttributeComparison]>([
    ['as a whole', { beforeSensitive: true }],
    ['before', { beforeSensitive: { secret: true, list: [{ key: true }] } }],
    ['after', { afterSensitive: { secret: true, list: [{ key: true }] } }],
    ['above the values', { afterSensitive: { secret: true, list: true } }],
    [
      'unknown besides',
      {
        beforeSensitive: { secret: true, list: true },
        afterUnknown: { secret: true, list: true },
      },
    ],
  ])('withholds both values of what is sensitive %s', (_where, marks) => {
    const changes = attributeChanges({
      before: { secret: 'old-one', list: [{ key: 'old-two' }] },
      after: { secret: 'new-one', list: [{ key: 'new-two' }] },
      ...marks,
    });
    expect(JSON.stringify(changes)).not.toMatch(/old-|new-/);
    expect(changes.every(({ sensitive }) => sensitive)).toBe(true);
  });

  it('leaves out a sensitive value that stays as it is', () => {
    expect(
      summed({
        before: { secret: 's', size: 1 },
        after: { secret: 's', size: 2 },
        afterSensitive: { secret: true },
      }),
    ).toEqual(['size: 1 -> 2']);
  });

  it('shows a plain list element by element once one of them is sensitive', () => {
    expect(
      summed({
        before: { list: ['a', 'b'] },
        after: { list: ['A', 'B'] },
        afterSensitive: { list: [false, true] },
      }),
    ).toEqual(['list[0]: "a" -> "A"', 'list[1]: · -> · sensitive']);
  });

  it('says which attributes force a replacement, those inside them too', () => {
    expect(
      summed({
        before: { zone: 'a', size: 1, triggers: { x: 1 } },
        after: { zone: 'b', size: 2, triggers: { x: 2 } },
        replacePaths: [['zone'], ['triggers']],
      }),
    ).toEqual([
      'size: 1 -> 2',
      'triggers.x: 1 -> 2 forcesReplacement',
      'zone: "a" -> "b" forcesReplacement',
    ]);
  });

  it('shows a value that changes its kind as a whole', () => {
    expect(summed({ before: { a: { b: 1 } }, after: { a: [1] } })).toEqual([
      'a: {"b":1} -> [1]',
    ]);
  });

  it('cuts values that nobody would read to their end', () => {
    const [{ after }] = attributeChanges({
      after: { script: 'x'.repeat(10_000) },
    });
    expect(after).toMatch(/^x{2000}… \(8000 more characters\)$/);
  });
});
