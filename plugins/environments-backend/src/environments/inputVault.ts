import { isDeepStrictEqual } from 'node:util';
import {
  JsonObject,
  JsonValue,
  Problem,
  secretInputNames,
} from '@greenroom/plugin-environments-common';
import { InputProblemError } from '../errors';
import { Keyring } from '../secrets/keyring';

/** The only key of a sealed input; no request may give an input that looks like one. */
const SEALED = '$sealed';

/**
 * Keeps the secrets among the inputs of environments and operations sealed, each for itself.
 * Sealed, an input is `{$sealed: <base64>}`, and good for its environment alone: what an operation
 * wants of it can be copied from one record to the other, and two copies are equal.
 */
export class InputVault {
  constructor(private readonly keyring: Keyring) {}

  /**
   * @param schema of the inputs
   * @param inputs in the open, and right
   * @param present what the environment has: a secret that stays the same stays sealed as it is
   * @throws InputProblemError when an input looks like a sealed one
   */
  seal(
    environmentId: string,
    schema: JsonObject,
    inputs: JsonObject,
    present: JsonObject = {},
  ): JsonObject {
    const fakes = Object.keys(inputs).filter(name => sealedIn(inputs[name]));
    if (fakes.length > 0) throw new InputProblemError(fakes.map(fakeProblem));
    const secrets = secretInputNames(schema);
    return mapInputs(inputs, (value, name) => {
      if (!secrets.has(name)) return value;
      const kept = present[name];
      return kept !== undefined &&
        sealedIn(kept) &&
        isDeepStrictEqual(this.#open(environmentId, name, kept), value)
        ? kept
        : this.#seal(environmentId, name, value);
    });
  }

  /** All inputs in the open: for drivers, and for checks whose answer tells nothing of them. */
  open(environmentId: string, inputs: JsonObject): JsonObject {
    return mapInputs(inputs, (value, name) =>
      this.#open(environmentId, name, value),
    );
  }

  /** The same for a version of this schema: it gets no secret that it would keep in the open. */
  openFor(
    environmentId: string,
    schema: JsonObject,
    inputs: JsonObject,
  ): JsonObject {
    const secrets = secretInputNames(schema);
    return this.open(
      environmentId,
      Object.fromEntries(
        Object.entries(inputs).filter(
          ([name, value]) => secrets.has(name) || !sealedIn(value),
        ),
      ),
    );
  }

  #seal(environmentId: string, name: string, value: JsonValue): JsonObject {
    const sealed = this.keyring.seal(
      Buffer.from(JSON.stringify(value)),
      inputPurpose(environmentId, name),
    );
    return { [SEALED]: sealed.toString('base64') };
  }

  #open(environmentId: string, name: string, value: JsonValue): JsonValue {
    const sealed = sealedIn(value);
    if (!sealed) return value;
    const purpose = inputPurpose(environmentId, name);
    return JSON.parse(this.keyring.open(sealed, purpose).toString());
  }
}

/** What people get to see of inputs: the names alone of those that are sealed. */
export function inputsOf({ inputs }: { inputs: JsonObject }): {
  inputs: JsonObject;
  secretInputs?: string[];
} {
  const secretInputs = sealedInputs(inputs);
  return {
    inputs: shownInputs(inputs),
    ...(secretInputs.length > 0 && { secretInputs }),
  };
}

/** The inputs that everybody may see who sees the environment. */
export function shownInputs(inputs: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(inputs).filter(([, value]) => !sealedIn(value)),
  );
}

/** Names of those that are sealed. */
export function sealedInputs(inputs: JsonObject): string[] {
  return Object.keys(inputs).filter(name => sealedIn(inputs[name]));
}

/**
 * Seals the sealed ones again, where that is wanted.
 *
 * @param seal undefined for what may stay as it is
 */
export function resealInputs(
  environmentId: string,
  inputs: JsonObject,
  seal: (sealed: Buffer, purpose: string) => Buffer | undefined,
): { inputs: JsonObject; values: number } {
  let values = 0;
  const resealed = mapInputs(inputs, (value, name) => {
    const sealed = sealedIn(value);
    const again = sealed && seal(sealed, inputPurpose(environmentId, name));
    if (!again) return value;
    values++;
    return { [SEALED]: again.toString('base64') };
  });
  return { inputs: resealed, values };
}

function inputPurpose(environmentId: string, name: string): string {
  return `input:${environmentId}:${name}`;
}

function sealedIn(value: JsonValue): Buffer | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  const sealed = value[SEALED];
  return typeof sealed === 'string' && Object.keys(value).length === 1
    ? Buffer.from(sealed, 'base64')
    : undefined;
}

function fakeProblem(name: string): Problem {
  return {
    code: 'input.reserved',
    field: `/inputs/${name}`,
    message: `An object whose only key is "${SEALED}" is how Greenroom keeps secrets.`,
    remedy: 'Choose another key.',
  };
}

function mapInputs(
  inputs: JsonObject,
  map: (value: JsonValue, name: string) => JsonValue,
): JsonObject {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, map(value, name)]),
  );
}
