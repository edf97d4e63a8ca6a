import { JsonObject } from '@greenroom/plugin-environments-common';
import { ErrorSchema, getDefaultFormState } from '@rjsf/utils';
import validator from '@rjsf/validator-ajv8';
import { ReactNode, useMemo, useState } from 'react';
import { InputsForm } from '../create/inputs/InputsForm';
import { splitHints } from '../create/inputs/schema';
import { Card } from '../portal/Card';
import { inputRows } from './schemaRows';
import styles from './blueprints.module.css';

const NO_ERRORS = {};

/** The form that the inputs become, to try: nothing of it is kept. */
export function FormPreview(props: {
  schema: JsonObject;
  /** What it is filled with at first; the defaults when absent. */
  inputs?: JsonObject;
  /** What the server has against what was entered. */
  serverErrors?: ErrorSchema;
  /** Stands below the form; it may `use` what is entered once that fits the schema. */
  footer?: (use: (act: (entered: JsonObject) => void) => void) => ReactNode;
}) {
  const { schema, inputs, serverErrors = NO_ERRORS, footer } = props;
  const form = useMemo(() => splitHints(schema), [schema]);
  const [entered, setEntered] = useState<JsonObject>(
    () =>
      (inputs ?? getDefaultFormState(validator, form.schema, {})) as JsonObject,
  );
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [submitted, setSubmitted] = useState(false);
  const use = (act: (fitting: JsonObject) => void) => {
    setSubmitted(true);
    const { errors } = validator.validateFormData(entered, form.schema);
    if (errors.length === 0) act(entered);
  };
  if (inputRows(schema).length === 0) {
    return (
      <>
        <p className={styles.noneOnPage}>It asks for nothing.</p>
        {footer?.(use)}
      </>
    );
  }
  return (
    <Card className={styles.form}>
      <InputsForm
        schema={form}
        inputs={entered}
        serverErrors={serverErrors}
        context={{ touched, submitted }}
        onChange={setEntered}
        onTouch={id => setTouched(before => new Set(before).add(id))}
      />
      {footer?.(use)}
    </Card>
  );
}
