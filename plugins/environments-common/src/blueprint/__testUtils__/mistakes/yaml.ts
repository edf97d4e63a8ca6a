import { Mistake } from './mistake';
import { BLUEPRINT_LIMITS } from '../../document';
import { SHOP } from '../documents';

/** Texts that are no YAML, or more of it than anybody writes. */
export const YAML: Mistake[] = [
  ['  type: sandbox', '▸\t type: sandbox', 'blueprint.yaml'],
  ['title: Shop', 'title: "Shop" ▸x', 'blueprint.yaml'],
  ['  title: Shop', '  title: Shop\n  ▸title: Store', 'blueprint.yaml', 'one'],
  ['title: Shop', '▸[a, b]: Shop', 'blueprint.yaml'],
  ['title: Shop', 'title: ▸*nobody', 'blueprint.yaml'],
  ['title: Shop', '▸<<: {title: Shop}', 'blueprint.field.unknown', 'Known'],
  ['title: Shop', 'title: &shop {a: ▸*shop}', 'blueprint.yaml'],
  ['default: 3', 'default: ▸.nan', 'blueprint.yaml', 'finite'],
  ['default: 3', 'default: ▸1e999', 'blueprint.yaml', 'finite'],
  // More, or less, than one document
  [SHOP, '▸', 'blueprint.document', 'one blueprint per file'],
  [SHOP, '▸# nothing', 'blueprint.document'],
  [SHOP, `▸${SHOP}---\n${SHOP}`, 'blueprint.document'],
  [
    SHOP,
    `▸${'x'.repeat(BLUEPRINT_LIMITS.documentBytes + 1)}`,
    'blueprint.too-large',
    'files of a component',
  ],
  [SHOP, `▸${'- a\n'.repeat(20_000)}`, 'blueprint.too-large', 'Split'],
  [
    SHOP,
    `▸a: &a [${'1, '.repeat(2000)}1]\nb: [${'*a, '.repeat(40)}1]\n`,
    'blueprint.too-large',
    'fewer aliases',
  ],
  [
    SHOP,
    `▸a: &a [1]\nb: [${'*a, '.repeat(BLUEPRINT_LIMITS.aliases + 1)}1]\n`,
    'blueprint.yaml',
    'at most 50 aliases',
  ],
  [SHOP, `▸${'['.repeat(100)}`, 'blueprint.too-deep', 'Flatten'],
];
