import { JsonObject, JsonValue } from '../json';
import { Problem } from '../problem';
import { ParsedExpression } from './expression';
import { declaredInputs } from './inputSchema';
import { localTarget } from './inputRefs';
import { escapePointer } from './pointer';
import { DocumentPath, Locator } from './locator';
import { asObject } from './values';

/** What makes an input a secret, as software templates know it. */
const SECRET_HINTS = [
  ['ui:field', 'Secret'],
  ['ui:widget', 'password'],
] as const;

/**
 * Characters of the shortest secret. What is shorter can't be told from ordinary words, so nothing
 * could keep it out of a log.
 *
 * @public
 */
export const SHORTEST_SECRET: number = 6;

/** Where an expression stands, as far as secrets are concerned. */
export type ExpressionRole =
  | 'with'
  | 'when'
  | 'choice'
  | 'pause'
  | 'output'
  | 'sensitive output'
  | 'probe'
  | 'cost';

/**
 * Names of the inputs that are secrets, or that have one inside.
 *
 * @param schema - of a blueprint's inputs
 * @public
 */
export function secretInputNames(schema: JsonObject): Set<string> {
  const names = declaredInputs(schema)
    .filter(({ property }) => holdsSecret(property, schema))
    .map(({ name }) => name);
  return new Set(names);
}

function holdsSecret(
  value: JsonValue,
  root: JsonObject,
  seen = new Set<JsonValue>(),
): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) {
    return false;
  }
  seen.add(value);
  const own = asObject(value);
  return (
    SECRET_HINTS.some(([key, secret]) => own[key] === secret) ||
    holdsSecret(localTarget(own, root) ?? null, root, seen) ||
    Object.values(value).some(inner => holdsSecret(inner, root, seen))
  );
}

/**
 * The first use of a secret in an expression. The value of the whole expression is then secret,
 * however little of it is left: `size(inputs.password) > 8` tells of it too.
 */
export function secretUse(
  { inputs, allInputs }: Pick<ParsedExpression, 'inputs' | 'allInputs'>,
  secrets: ReadonlySet<string>,
): { what: string; start: number } | undefined {
  if (secrets.size === 0) return undefined;
  const named = inputs.find(({ input }) => secrets.has(input));
  if (named) return { what: `input "${named.input}"`, start: named.start };
  const [all] = allInputs;
  const [name] = secrets;
  return all === undefined
    ? undefined
    : { what: `input "${name}", as one of all inputs,`, start: all };
}

/** Secrets that nobody could keep out of a log; `field` is a pointer below `/inputs`. */
export function shortSecrets(
  schema: JsonObject,
  inputs: JsonObject,
): Problem[] {
  return [...secretInputNames(schema)]
    .filter(name => Object.hasOwn(inputs, name))
    .flatMap(name =>
      shortTexts(inputs[name], `/inputs/${escapePointer(name)}`),
    );
}

function shortTexts(value: JsonValue, field: string): Problem[] {
  if (typeof value === 'string') {
    return value.length < SHORTEST_SECRET
      ? [
          {
            code: 'input.secret.short',
            message: 'This secret is too short to be kept out of logs.',
            field,
            remedy: `Choose one of at least ${SHORTEST_SECRET} characters.`,
          },
        ]
      : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    shortTexts(inner, `${field}/${escapePointer(key)}`),
  );
}

/** Where a secret may not stand, and what else there is to do. */
const FORBIDDEN: Partial<
  Record<ExpressionRole, { why: string; remedy: string }>
> = {
  when: {
    why: 'a condition decides in the open',
    remedy:
      'Decide by an input that is no secret, such as one that is true or false.',
  },
  choice: {
    why: 'which environment is read is kept in the open',
    remedy: 'Choose the environment by an input that is no secret.',
  },
  pause: {
    why: 'what differs while paused is kept in the open',
    remedy:
      "Leave it in the component's with: what pause.with does not name stays.",
  },
  output: {
    why: 'people get to see this output',
    remedy:
      'Declare the output "sensitive: true", or leave the secret out of it.',
  },
  cost: {
    why: 'people get to see what an environment costs',
    remedy: 'Estimate it by inputs that are no secrets.',
  },
  probe: {
    why: 'what a probe asks is kept in the open',
    remedy:
      "Leave it out; the portal's configuration gives a host its token, in environments.idle.hosts.",
  },
};

/** Why a secret may not stand here; undefined when it may. */
export function secretFlow(
  role: ExpressionRole,
  what: string,
): Problem | undefined {
  const forbidden = FORBIDDEN[role];
  if (!forbidden) return undefined;
  return {
    code: 'blueprint.secret.flow',
    message: `The secret ${what} may only flow into a component's with; ${forbidden.why}.`,
    remedy: forbidden.remedy,
  };
}

/** Values of a secret that stand in the document, which everybody may read. */
export function writtenSecrets(
  schema: JsonObject,
  at: DocumentPath,
  locate: Locator,
): Problem[] {
  return declaredInputs(schema)
    .filter(({ property }) => holdsSecret(property, schema))
    .flatMap(({ name, property, path }) =>
      ['default', 'const', 'enum', 'examples']
        .filter(keyword => Object.hasOwn(asObject(property), keyword))
        .map(keyword => ({
          code: 'blueprint.secret.flow',
          message: `"${keyword}" of the secret input "${name}" would be read by everybody who reads the blueprint.`,
          place: locate.key([...at, ...path, keyword]),
          remedy: `Leave "${keyword}" out.`,
        })),
    );
}
