import { Skeleton } from '@backstage/ui';
import { JsonObject } from '@greenroom/plugin-environments-common';
import { ErrorSchema } from '@rjsf/utils';
import { lazy, Suspense } from 'react';
import { InputsContext } from './context';
import { FormSchema } from './schema';

// The scaffolder's form takes more to load than all other pages together.
const SchemaForm = lazy(() => import('./SchemaForm'));

export interface InputsFormProps {
  schema: FormSchema;
  inputs: JsonObject;
  serverErrors: ErrorSchema;
  context: InputsContext;
  onChange: (inputs: JsonObject) => void;
  onTouch: (id: string) => void;
}

/** The blueprint's own inputs, from their JSON Schema. */
export function InputsForm(props: InputsFormProps) {
  return (
    <Suspense fallback={<Skeleton width="100%" height={160} />}>
      <SchemaForm {...props} />
    </Suspense>
  );
}
