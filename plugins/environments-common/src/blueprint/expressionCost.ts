import { ASTNode } from '@marcbachmann/cel-js';
import { JsonObject, JsonValue } from '../json';
import { BLUEPRINT_LIMITS } from './document';
import { LINEAR_MATCHES } from './linearPatterns';
import { asObject } from './values';

/**
 * How large a value can get. Every count is an upper bound, and infinite where it is absurd.
 */
export interface ValueSize {
  /** Characters of a text, entries of a list or map; 1 for all else. */
  length: number;
  /** Everything in it, at any depth. */
  total: number;
  /** The largest of its entries. */
  item?: ValueSize;
  /** What is known of each entry of a map. */
  fields?: ReadonlyMap<string, ValueSize>;
}

/** Sizes of what stands behind the names of an expression. */
export type ValueSizes = ReadonlyMap<string, ValueSize>;

/** Macros that run a part once for each entry. */
export const LOOPS = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);

const SCALAR: ValueSize = { length: 1, total: 1 };

/** A value that nothing is known of but how much there can be of it. */
export function anyOfSize(length: number): ValueSize {
  const size: ValueSize = { length, total: length };
  size.item = size;
  return size;
}

const ASSUMED = anyOfSize(BLUEPRINT_LIMITS.assumedLength);

/** Sizes as the schema of the inputs bounds them; what it leaves open is assumed to be usual. */
export function sizesOfSchema(inputs: JsonObject): ValueSizes {
  return new Map([['inputs', sizeOfSchema({ ...inputs, type: 'object' })]]);
}

function sizeOfSchema(schema: JsonValue): ValueSize {
  const { type, properties, items, maxItems, maxLength } = asObject(schema);
  const bound = (limit: JsonValue) =>
    typeof limit === 'number' ? limit : BLUEPRINT_LIMITS.assumedLength;
  switch (type) {
    case 'string':
      return textOf(bound(maxLength));
    case 'array': {
      const item = items === undefined ? ASSUMED : sizeOfSchema(items);
      const length = bound(maxItems);
      return { length, total: length * (1 + item.total), item };
    }
    case 'object': {
      const fields = new Map(
        Object.entries(asObject(properties)).map(([name, property]) => [
          name,
          sizeOfSchema(property),
        ]),
      );
      return { ...ASSUMED, fields };
    }
    case 'integer':
    case 'number':
    case 'boolean':
      return SCALAR;
    default:
      return ASSUMED;
  }
}

/** The size of a value that is there. */
export function sizeOfValue(value: unknown): ValueSize {
  if (typeof value === 'string') {
    return textOf(value.length);
  }
  if (typeof value !== 'object' || value === null) return SCALAR;
  const entries: [string, ValueSize][] = Object.entries(value).map(
    ([name, inner]) => [name, sizeOfValue(inner)],
  );
  const size = collection(entries.map(([, inner]) => inner));
  return Array.isArray(value) ? size : { ...size, fields: new Map(entries) };
}

function textOf(length: number): ValueSize {
  return { length, total: length };
}

function collection(items: ValueSize[]): ValueSize {
  return {
    length: items.length,
    total: items.reduce((sum, { total }) => sum + total, items.length),
    item: items.reduce(larger, SCALAR),
  };
}

function larger(a: ValueSize, b: ValueSize): ValueSize {
  if (a.item === a && b.item === b) return a.total > b.total ? a : b;
  return {
    length: Math.max(a.length, b.length),
    total: Math.max(a.total, b.total),
    item: a.item && b.item ? larger(a.item, b.item) : (a.item ?? b.item),
  };
}

/** Goes through an expression once, adding up. */
class CostWalk {
  cost = 0;
  /** How often the part at hand runs. */
  #times = 1;

  sizeOf(node: ASTNode, names: ValueSizes): ValueSize {
    const size = this.#sizeOf(node, names);
    this.cost += this.#times * (1 + (builds(node) ? size.total : 0));
    return size;
  }

  #sizeOf(node: ASTNode, names: ValueSizes): ValueSize {
    const all = (nodes: ASTNode[]) =>
      nodes.map(each => this.sizeOf(each, names));
    switch (node.op) {
      case 'value':
        return sizeOfValue(node.args);
      case 'id':
        return names.get(node.args) ?? ASSUMED;
      case '.':
        return entry(this.sizeOf(node.args[0], names), node.args[1]);
      case '[]': {
        const [of] = all(node.args);
        const [, key] = node.args;
        return entry(of, key.op === 'value' ? String(key.args) : undefined);
      }
      case 'list':
        return collection(all(node.args));
      case 'map':
        return collection(all(node.args.flat()));
      case '+':
        return all(node.args).reduce((a, b) => ({
          length: a.length + b.length,
          total: a.total + b.total,
          item: a.item && b.item ? larger(a.item, b.item) : a.item,
        }));
      case '?:': {
        const [, yes, no] = all(node.args);
        return larger(yes, no);
      }
      case 'call':
        return together(all(node.args[1]));
      case 'rcall':
        return this.#sizeOfCall(node.args, names);
      case '!_':
      case '-_':
        this.sizeOf(node.args, names);
        return SCALAR;
      default: {
        // Comparing, and looking for something in a list, reads all of both sides.
        const sides = all((node.args as ASTNode[]).flat());
        this.cost += this.#times * sides.reduce((sum, s) => sum + s.total, 0);
        return SCALAR;
      }
    }
  }

  #sizeOfCall(
    [name, receiver, given]: [string, ASTNode, ASTNode[]],
    names: ValueSizes,
  ): ValueSize {
    if (name === 'bind' && given[0]?.op === 'id') {
      const value = this.sizeOf(given[1], names);
      return this.sizeOf(given[2], new Map(names).set(given[0].args, value));
    }
    const of = this.sizeOf(receiver, names);
    const isLoop = LOOPS.has(name) && given.length > 1;
    if (!isLoop) {
      const others = given.map(each => this.sizeOf(each, names));
      const [other = SCALAR] = others;
      if (name === 'matches' || name === LINEAR_MATCHES) {
        this.cost += this.#times * of.total * other.total;
        return SCALAR;
      }
      if (name === 'join') return textOf(of.total + of.length * other.total);
      return together([of, ...others]);
    }
    const [variable, ...bodies] = given;
    const inside = new Map(names).set(
      String(variable.args),
      of.item ?? anyOfSize(of.length),
    );
    const outside = this.#times;
    this.#times *= of.length;
    const sizes = bodies.map(body => this.sizeOf(body, inside));
    this.#times = outside;
    if (name === 'filter') return of;
    const item = sizes.at(-1)!;
    return name === 'map'
      ? { length: of.length, total: of.length * (1 + item.total), item }
      : SCALAR;
  }
}

function builds({ op }: ASTNode): boolean {
  return ['+', 'list', 'map', 'call', 'rcall'].includes(op);
}

function entry(of: ValueSize, name: string | undefined): ValueSize {
  const known = name === undefined ? undefined : of.fields?.get(name);
  return known ?? of.item ?? SCALAR;
}

/** What a function can make of its arguments: at most twice as much, as hex() does, cut anyhow. */
function together(given: ValueSize[]): ValueSize {
  const total = given.reduce((sum, each) => sum + each.total, 1);
  return anyOfSize(2 * total);
}

/**
 * Follows an expression with the largest values that it can meet, counting steps and what they
 * build.
 *
 * CEL has no loop without an end and no recursion, so this bounds every run. It is needed since
 * short texts do much: each `.map(a, a + a)` doubles what the one before it gave.
 */
export function costOf(ast: ASTNode, sizes: ValueSizes): number {
  const walk = new CostWalk();
  walk.sizeOf(ast, sizes);
  return walk.cost;
}
