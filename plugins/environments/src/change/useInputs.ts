import {
  BlueprintVersion,
  JsonObject,
} from '@greenroom/plugin-environments-common';
import { deepEquals, getDefaultFormState } from '@rjsf/utils';
import validator from '@rjsf/validator-ajv8';
import { useCallback, useMemo, useState } from 'react';
import { splitHints, withHeldSecrets } from '../create/inputs/schema';

/** No secrets; always the same, as the form's memory wants it. */
const NONE: string[] = [];

/**
 * Present inputs with the defaults of a version, being changed.
 *
 * @param secrets - names of those that the environment has and nobody can read
 */
export function useInputs(
  version: BlueprintVersion,
  present: JsonObject,
  secrets: string[] = NONE,
) {
  const schema = useMemo(
    () => withHeldSecrets(splitHints(version.inputs), secrets),
    [version.inputs, secrets],
  );
  const [inputs, setInputs] = useState<JsonObject>(
    () => getDefaultFormState(validator, schema.schema, present) as JsonObject,
  );
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [changed, setChanged] = useState(false);
  const complete = useMemo(
    () => validator.validateFormData(inputs, schema.schema).errors.length === 0,
    [inputs, schema],
  );
  const touch = useCallback(
    (id: string) => setTouched(before => new Set(before).add(id)),
    [],
  );
  return {
    schema,
    inputs,
    touched,
    touch,
    /** Nothing is wrong as far as it can be told without the server. */
    complete,
    same: deepEquals(inputs, present),
    /** What the server said was about other inputs than these. */
    changed,
    change: (next: JsonObject) => {
      setInputs(next);
      setChanged(true);
    },
    settle: () => setChanged(false),
  };
}

export function withoutNames(inputs: JsonObject, names: string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(inputs).filter(([name]) => !names.includes(name)),
  );
}
