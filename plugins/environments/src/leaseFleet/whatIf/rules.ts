import { JsonObject, JsonValue } from '@greenroom/plugin-environments-common';
import { entityName } from '../../entity/names';

/** A rule about leases as a form has it; what is empty is not limited. */
export interface RuleFields {
  type: string[];
  blueprint: string[];
  owner: string[];
  default: string;
  min: string;
  max: string;
  /** How often, as it is typed. */
  extensions: string;
  by: string;
  holdMax: string;
  /** All must have an end. */
  mustEnd: boolean;
}

/** A rule among those that are tried. */
export interface TriedRule {
  rule: JsonObject;
  /** As the configuration has it; absent: it is new. */
  configured?: JsonObject;
  /** Tried without it. */
  isOut?: boolean;
}

const PARTS = ['type', 'blueprint', 'owner'] as const;
const LENGTHS = ['default', 'min', 'max', 'holdMax'] as const;

/** The rules that are to be tried, as the API takes them. */
export function toRules(tried: readonly TriedRule[]): JsonObject[] {
  return tried.filter(({ isOut }) => !isOut).map(({ rule }) => rule);
}

export function toFields(rule: JsonObject): RuleFields {
  const match = objectOf(rule.match);
  const extensions = objectOf(rule.extensions);
  return {
    type: textsOf(match.type),
    blueprint: textsOf(match.blueprint),
    owner: textsOf(match.owner),
    default: textOf(rule.default),
    min: textOf(rule.min),
    max: textOf(rule.max),
    extensions: textOf(extensions.max),
    by: textOf(extensions.by),
    holdMax: textOf(rule.holdMax),
    mustEnd: rule.allowUnlimited === false,
  };
}

/** @param kept - the rule that the form began with; what the form does not ask for stays as it is */
export function toRule(fields: RuleFields, kept: JsonObject = {}): JsonObject {
  const match = Object.fromEntries(
    PARTS.filter(part => fields[part].length > 0).map(part => [
      part,
      fields[part],
    ]),
  );
  const by = fields.by.trim();
  const extensions: JsonObject = {
    ...(fields.extensions.trim() !== '' && {
      max: Number(fields.extensions.trim()),
    }),
    ...(by !== '' && { by }),
  };
  const lengths = Object.fromEntries(
    LENGTHS.map(name => [name, fields[name].trim()] as const).filter(
      ([, length]) => length !== '',
    ),
  );
  return {
    ...(isFilled(match) && { match }),
    ...lengths,
    ...(isFilled(extensions) && { extensions }),
    ...(kept.jitter !== undefined && { jitter: kept.jitter }),
    ...(fields.mustEnd
      ? { allowUnlimited: false }
      : kept.allowUnlimited === true && { allowUnlimited: true }),
  };
}

/** For whom a rule is: `type sandbox or preview, owner interns`; `all environments` */
export function whomText(rule: JsonObject): string {
  const fields = toFields(rule);
  const parts = PARTS.filter(part => fields[part].length > 0).map(
    part => `${part} ${fields[part].map(entityName).join(' or ')}`,
  );
  return parts.join(', ') || 'all environments';
}

/** What a rule says: `at most 7d, 2 extensions by 24h at most` */
export function limitsText(rule: JsonObject): string {
  const { extensions, by, mustEnd, ...lengths } = toFields(rule);
  const texts = [
    lengths.default && `${lengths.default} by default`,
    lengths.min && `at least ${lengths.min}`,
    lengths.max && `at most ${lengths.max}`,
    extensions &&
      `${extensions} ${extensions === '1' ? 'extension' : 'extensions'} at most`,
    by && `extended by ${by} at most`,
    lengths.holdMax && `held for ${lengths.holdMax} at most`,
    textOf(rule.jitter) && `spread over ${textOf(rule.jitter)}`,
    mustEnd && 'must have an end',
    rule.allowUnlimited === true && 'may have no end',
  ];
  return texts.filter(Boolean).join(', ') || 'limits nothing';
}

function isFilled(object: object): boolean {
  return Object.keys(object).length > 0;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value
    : {};
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : '';
}

function textsOf(value: JsonValue | undefined): string[] {
  return (Array.isArray(value) ? value : [value])
    .map(textOf)
    .filter(text => text !== '');
}
