import { SecretsContextProvider } from '@backstage/plugin-scaffolder-react';
import { Form } from '@backstage/plugin-scaffolder-react/alpha';
import { Skeleton } from '@backstage/ui';
import { JsonObject } from '@greenroom/plugin-environments-common';
import validator from '@rjsf/validator-ajv8';
import { InputsFormProps } from './InputsForm';
import { explainSchemaErrors } from './schema';
import { templates } from './templates';
import { useFormFields } from './useFormFields';
import { widgets } from './widgets';

/** The form itself; `InputsForm` brings it. */
export default function SchemaForm(props: InputsFormProps) {
  const { schema, inputs, serverErrors, context, onChange, onTouch } = props;
  const fields = useFormFields(schema.uiSchema);
  if (!fields) return <Skeleton width="100%" height={160} />;
  return (
    // Fields of software templates that take a secret look for a place to put it.
    <SecretsContextProvider>
      <Form
        EXPERIMENTAL_theme="bui"
        tagName="div"
        idPrefix="root"
        schema={schema.schema}
        uiSchema={schema.uiSchema}
        validator={validator}
        formData={inputs}
        formContext={context}
        fields={fields}
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
    </SecretsContextProvider>
  );
}
