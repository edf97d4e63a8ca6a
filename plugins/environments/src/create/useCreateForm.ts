import {
  BlueprintVersion,
  CreateEnvironmentRequest,
  environmentNameProblem,
  JsonObject,
  parseDurationSeconds,
} from '@greenroom/plugin-environments-common';
import { getDefaultFormState } from '@rjsf/utils';
import validator from '@rjsf/validator-ajv8';
import { useCallback, useMemo, useState } from 'react';
import {
  checkLabel,
  draftOf,
  enteredIn,
  errorIn,
  labelsOf,
  LabelsDraft,
} from '../labels/draft';
import { Caller, usualOwner } from './caller';
import { FormSchema, splitHints } from './inputs/schema';
import { problemText } from './problems';
import { suggestName } from './suggestName';
import { ttlError } from './ttlChoices';

/** What has been entered, what of it has been touched, and what that asks for. */
export interface CreateForm {
  schema: FormSchema;
  request: CreateEnvironmentRequest;
  labels: LabelsDraft;
  /** Absent when it does not end, or when its length is wrong. */
  ttlSeconds?: number;
  touched: ReadonlySet<string>;
  /** Nothing is wrong as far as it can be told without the server. */
  complete: boolean;
  nameError?: string;
  ttlError?: string;
  change: (
    part: Partial<Pick<CreateEnvironmentRequest, 'name' | 'owner'>>,
  ) => void;
  changeLabels: (labels: LabelsDraft) => void;
  changeInputs: (inputs: JsonObject) => void;
  /** Undefined for the blueprint's own length. */
  changeTtl: (ttl: string | undefined) => void;
  touch: (id: string) => void;
}

export function useCreateForm(
  version: BlueprintVersion,
  caller: Caller,
): CreateForm {
  const schema = useMemo(() => splitHints(version.inputs), [version.inputs]);
  const [name, setName] = useState(() =>
    suggestName(version.name, caller.userEntityRef),
  );
  const [owner, setOwner] = useState(() => usualOwner(caller));
  const [ttl, setTtl] = useState<string>();
  const [labels, setLabels] = useState(draftOf());
  const [inputs, setInputs] = useState<JsonObject>(
    () => getDefaultFormState(validator, schema.schema, {}) as JsonObject,
  );
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());

  const request = useMemo(() => {
    const entered = labelsOf(enteredIn(labels, checkLabel));
    return {
      name,
      owner,
      inputs,
      blueprint: version.name,
      version: version.version,
      ttl,
      labels: Object.keys(entered).length > 0 ? entered : undefined,
    };
  }, [name, owner, inputs, ttl, labels, version.name, version.version]);
  const wrongName = nameError(request.name);
  const wrongTtl = ttl === undefined ? undefined : ttlError(ttl, version.ttl);
  const inputsFit = useMemo(
    () => validator.validateFormData(inputs, schema.schema).errors.length === 0,
    [inputs, schema],
  );
  const touch = useCallback(
    (id: string) => setTouched(before => new Set(before).add(id)),
    [],
  );

  return {
    schema,
    request,
    labels,
    ttlSeconds:
      ttl === undefined
        ? version.ttl.defaultSeconds
        : parseDurationSeconds(ttl),
    touched,
    complete:
      !wrongName &&
      owner !== '' &&
      !errorIn(labels, checkLabel) &&
      !wrongTtl &&
      inputsFit,
    nameError: wrongName,
    ttlError: wrongTtl,
    change: part => {
      if (part.name !== undefined) setName(part.name);
      if (part.owner !== undefined) setOwner(part.owner);
    },
    changeLabels: setLabels,
    changeInputs: setInputs,
    changeTtl: setTtl,
    touch,
  };
}

function nameError(name: string): string | undefined {
  if (name === '') return 'A name is needed.';
  const problem = environmentNameProblem(name);
  return problem && problemText(problem);
}
