import { JsonObject } from '@greenroom/plugin-environments-common';
import Form from '@rjsf/core';
import { ErrorSchema } from '@rjsf/utils';
import validator from '@rjsf/validator-ajv8';
import { InputsContext } from './context';
import { EntityPicker } from './EntityPicker';
import { explainSchemaErrors, FormSchema } from './schema';
import { templates } from './templates';
import { widgets } from './widgets';

const FIELDS = { EntityPicker };

/** The blueprint's own inputs, from their JSON Schema. */
export function InputsForm(props: {
  schema: FormSchema;
  inputs: JsonObject;
  serverErrors: ErrorSchema;
  context: InputsContext;
  onChange: (inputs: JsonObject) => void;
  onTouch: (id: string) => void;
}) {
  const { schema, inputs, serverErrors, context, onChange, onTouch } = props;
  return (
    <Form
      tagName="div"
      idPrefix="root"
      schema={schema.schema}
      uiSchema={schema.uiSchema}
      validator={validator}
      formData={inputs}
      formContext={context}
      fields={FIELDS}
      widgets={widgets}
      templates={templates}
      extraErrors={serverErrors}
      transformErrors={explainSchemaErrors}
      // What a condition takes away again must not be sent: the server knows no such input then.
      omitExtraData
      liveOmit
      liveValidate
      noHtml5Validate
      showErrorList={false}
      onChange={({ formData }) => onChange(formData as JsonObject)}
      onBlur={onTouch}
    >
      {/* The page has a button of its own. */}
      <></>
    </Form>
  );
}
