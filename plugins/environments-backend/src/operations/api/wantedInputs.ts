import {
  applyInputs,
  BlueprintDocument,
  JsonObject,
  Problem,
  secretInputNames,
} from '@greenroom/plugin-environments-common';
import { InputVault, sealedInputs } from '../../environments/inputVault';

/**
 * All inputs that a change asks for, sealed again, and checked. Secrets that it does not name stay
 * as they are, since nobody who asks for a change can read them; null takes one away. One that does
 * not go with the other inputs any more, or that the version does not hold to be a secret, is let
 * go of.
 *
 * @param given in the open
 * @param present as the environment has them
 */
export function wantedInputs(
  document: BlueprintDocument,
  given: JsonObject,
  present: JsonObject,
  { environmentId, vault }: { environmentId: string; vault: InputVault },
): { inputs: JsonObject; problems: Problem[] } {
  const schema = document.spec.inputs;
  const secrets = secretInputNames(schema);
  const named = Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => !(value === null && secrets.has(name)),
    ),
  );
  const held = sealedInputs(present).filter(
    name => secrets.has(name) && !Object.hasOwn(given, name),
  );
  const opened = vault.open(environmentId, pick(present, held));
  const { problems: strangers } = applyInputs(document, {
    ...named,
    ...opened,
  });
  const stray = new Set(
    strangers
      .filter(({ code }) => code === 'input.unknown')
      .map(({ field }) => field),
  );
  const kept = held.filter(name => !stray.has(`/inputs/${name}`));
  const { inputs, problems } = applyInputs(document, {
    ...named,
    ...pick(opened, kept),
  });
  return {
    inputs: vault.seal(environmentId, schema, inputs, present),
    problems,
  };
}

function pick(inputs: JsonObject, names: string[]): JsonObject {
  return Object.fromEntries(names.map(name => [name, inputs[name]]));
}
