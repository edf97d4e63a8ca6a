import fc from 'fast-check';
import {
  Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  Node,
  Pair,
  parseDocument,
} from 'yaml';

/** What an author, an editor or an enemy puts where it does not belong. */
const SNIPPETS = [
  ...['${{', '}}', '${{ inputs }}', '{', '}', '[', ']', '"', "'", '`', '\\'],
  ...[': ', '- ', '? ', '| \n', '>-\n', '\n', '\r\n', '\r', '  ', '\t', '#'],
  ...['&a ', '*a', '&a [*a]', '<<: *a', '!!map ', '!!binary ', '!x ', '---\n'],
  ...['null', '~', '0x1', '1e999', '.nan', '-0', 'true', '2026-01-01'],
  ...['constructor', '__proto__', 'toString', '$ref', '$id', 'default'],
  ...['\0', '\u{feff}', '\u2028', '\u0085', '\u202e', '\ud800', '😀', 'é́'],
  ...['x'.repeat(5000), '['.repeat(70), '- '.repeat(70), '('.repeat(300)],
];

const text = fc.oneof(
  fc.constantFrom(...SNIPPETS),
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

/** Values of every type, expressions and parts of schemas among them. */
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    ...[null, '', 0, -1, 1e308, [], {}, [[]], '${{ 1 }}', '${{ inputs }}'],
    { $ref: '#/definitions/a' },
    { $ref: '#' },
    { anyOf: [{ default: 1 }, true] },
    { if: {}, then: { properties: { x: { default: {} } } } },
    { type: 'object', properties: { a: { 'ui:field': 'Secret' } } },
  ),
);

type Mutation = (source: string) => string;

const splice: fc.Arbitrary<Mutation> = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12), text)
  .map(([where, remove, insert]) => source => {
    const at = Math.floor(where * source.length);
    return source.slice(0, at) + insert + source.slice(at + remove);
  });

const whole: fc.Arbitrary<Mutation> = fc.constantFrom<Mutation[]>(
  source => `\u{feff}${source}`,
  source => source.replaceAll('\n', '\r\n'),
  source => source.replaceAll('\n', '\r'),
  source => source.replaceAll('  ', '\t'),
  source => source.replaceAll(': ', ':  # '),
  source => `${source}---\n${source}`,
  source => source.trimEnd(),
);

/** Every key and entry of a document, as the collection that holds it and its place there. */
function slots(document: Document) {
  const found: { items: unknown[]; at: number }[] = [];
  const visit = (node: unknown): void => {
    if (isPair(node)) visit(node.value);
    if (!isCollection(node)) return;
    const items: unknown[] = node.items;
    items.forEach((item, at) => {
      found.push({ items, at });
      visit(item);
    });
  };
  visit(document.contents);
  return found;
}

const position = fc.double({ min: 0, max: 0.999999, noNaN: true });

const node: fc.Arbitrary<Mutation> = fc
  .tuple(
    fc.constantFrom(
      'delete',
      'duplicate',
      'swap',
      'retype',
      'edit',
      'nest',
      'alias',
    ),
    position,
    position,
    value,
    text,
    fc.integer({ min: 1, max: 80 }),
  )
  .map(([how, first, second, given, insert, depth]) => source => {
    const document = parseDocument(source, { uniqueKeys: false });
    if (document.errors.length > 0) return source;
    const all = slots(document);
    if (all.length === 0) return source;
    const one = all[Math.floor(first * all.length)];
    const other = all[Math.floor(second * all.length)];
    const put = (made: Node) => {
      const item = one.items[one.at];
      if (isPair(item)) (item as Pair).value = made;
      else one.items[one.at] = made;
    };
    switch (how) {
      case 'delete':
        one.items.splice(one.at, 1);
        break;
      case 'duplicate':
        one.items.push(one.items[one.at]);
        break;
      case 'swap':
        if (isPair(one.items[one.at]) !== isPair(other.items[other.at])) break;
        [one.items[one.at], other.items[other.at]] = [
          other.items[other.at],
          one.items[one.at],
        ];
        break;
      case 'retype':
        put(document.createNode(given));
        break;
      case 'edit': {
        const item = one.items[one.at];
        const scalar = isPair(item) ? item.value : item;
        if (!isScalar(scalar)) break;
        const words = String(scalar.value);
        const at = Math.floor(second * words.length);
        scalar.value = words.slice(0, at) + insert + words.slice(at);
        break;
      }
      case 'nest': {
        let inner: unknown = given;
        for (let level = 0; level < depth; level++) inner = { a: inner };
        put(document.createNode(inner));
        break;
      }
      default: {
        const target = isPair(other.items[other.at])
          ? (other.items[other.at] as Pair).value
          : other.items[other.at];
        if (!isMap(target) || isAlias(target)) break;
        put(document.createAlias(target));
      }
    }
    try {
      return String(document);
    } catch {
      // Swapped into itself, or an alias of what is gone: no YAML says that.
      return source;
    }
  });

/** Some changes to a right document, each to what the one before it left. */
export const mutations: fc.Arbitrary<Mutation> = fc
  .array(
    fc.oneof(
      { arbitrary: node, weight: 8 },
      { arbitrary: splice, weight: 3 },
      { arbitrary: whole, weight: 1 },
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map(
    list => source => list.reduce((before, change) => change(before), source),
  );
