import { JsonObject } from '@greenroom/plugin-environments-common';
import { getDefaultFormState } from '@rjsf/utils';
import validator from '@rjsf/validator-ajv8';
import { useMemo, useState } from 'react';
import { InputsForm } from '../create/inputs/InputsForm';
import { splitHints } from '../create/inputs/schema';
import { Card } from '../portal/Card';
import { inputRows } from './schemaRows';
import styles from './blueprints.module.css';

const NO_ERRORS = {};

/** The form that the inputs become, to try: nothing of it is sent anywhere. */
export function FormPreview(props: {
  schema: JsonObject;
  /** What it is filled with at first; the defaults when absent. */
  inputs?: JsonObject;
}) {
  const { schema, inputs } = props;
  const form = useMemo(() => splitHints(schema), [schema]);
  const [entered, setEntered] = useState<JsonObject>(
    () =>
      (inputs ?? getDefaultFormState(validator, form.schema, {})) as JsonObject,
  );
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  if (inputRows(schema).length === 0) {
    return <p className={styles.noneOnPage}>It asks for nothing.</p>;
  }
  return (
    <Card className={styles.form}>
      <InputsForm
        schema={form}
        inputs={entered}
        serverErrors={NO_ERRORS}
        context={{ touched, submitted: false }}
        onChange={setEntered}
        onTouch={id => setTouched(before => new Set(before).add(id))}
      />
    </Card>
  );
}
