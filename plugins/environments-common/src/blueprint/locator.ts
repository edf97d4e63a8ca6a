import { Document, isCollection, isMap, isScalar, Node, Pair } from 'yaml';
import { SourcePlace } from '../problem';

/** Keys and indexes from the root of a document to one of its values. */
export type DocumentPath = readonly (string | number)[];

/** Says where in the author's text something stands. */
export interface Locator {
  /** The value at the path, else the nearest thing around it that exists. */
  value(path: DocumentPath): SourcePlace | undefined;
  /** The key of the last step of the path. */
  key(path: DocumentPath): SourcePlace | undefined;
  /** The `index`th `${{` of the string at the path, or a position so far into what follows it. */
  expression(
    path: DocumentPath,
    index: number,
    within?: { raw: string; offset: number },
  ): SourcePlace | undefined;
}

/** For documents that come without a text, such as catalog entities. */
export const nowhere: Locator = {
  value: () => undefined,
  key: () => undefined,
  expression: () => undefined,
};

export function locatorOf(
  document: Document.Parsed,
  text: string,
  place: (offset: number) => SourcePlace,
): Locator {
  const at = (node: unknown): number | undefined =>
    (node as Node | undefined)?.range?.[0];
  const root = () => place(at(document.contents) ?? 0);

  const pairOf = (path: DocumentPath): Pair | undefined => {
    const parent = document.getIn(path.slice(0, -1), true);
    if (!isMap(parent)) return undefined;
    const last = String(path.at(-1));
    return parent.items.find(
      ({ key }) => (isScalar(key) ? String(key.value) : String(key)) === last,
    );
  };
  const keyOffset = (path: DocumentPath) => at(pairOf(path)?.key);
  const value = (path: DocumentPath): SourcePlace => {
    for (let length = path.length; length > 0; length--) {
      const around = path.slice(0, length);
      const node = document.getIn(around, true);
      const offset = at(node);
      if (offset === undefined) continue;
      // A block mapping begins at its first key; its own key above is what a reader looks for.
      const isBlock = isCollection(node) && !node.flow;
      return place((isBlock ? keyOffset(around) : undefined) ?? offset);
    }
    return root();
  };
  const key = (path: DocumentPath): SourcePlace => {
    const offset = keyOffset(path);
    return offset === undefined ? value(path) : place(offset);
  };
  return {
    key,
    value,
    expression(path, index, within) {
      const node = document.getIn(path, true);
      if (!isScalar(node) || !node.range) return value(path);
      const [start, end] = node.range;
      let opening = start - 1;
      for (let seen = 0; seen <= index; seen++) {
        opening = text.indexOf('${{', opening + 1);
        if (opening < 0 || opening >= end) return value(path);
      }
      const body = opening + '${{'.length;
      // Escapes and folded lines shift what follows: then the opening is as near as it gets.
      const isVerbatim = within && text.startsWith(within.raw, body);
      return place(isVerbatim ? body + within.offset : opening);
    },
  };
}
