import { useApiHolder } from '@backstage/frontend-plugin-api';
import { ScaffolderRJSFField } from '@backstage/plugin-scaffolder-react';
import { formFieldsApiRef } from '@backstage/plugin-scaffolder-react/alpha';
import { UiSchema } from '@rjsf/utils';
import { useQuery } from '@tanstack/react-query';
import { EntityPicker } from './EntityPicker';

type FormFields = Record<string, ScaffolderRJSFField>;

/** Fields of our own, which stand in for software templates' fields of the same name. */
const OWN: FormFields = { EntityPicker };

/**
 * The fields that the inputs of a blueprint ask for: our own, and those that software templates
 * have in this portal, the ones of other plugins included. One that nobody brings is left to the
 * type of its input.
 *
 * @returns undefined while fields are being loaded
 */
export function useFormFields(uiSchema: UiSchema): FormFields | undefined {
  const api = useApiHolder().get(formFieldsApiRef);
  const foreign = [...fieldsIn(uiSchema)].some(name => !(name in OWN));
  const loaded = useQuery({
    queryKey: ['scaffolder', 'form-fields'],
    enabled: foreign && api !== undefined,
    staleTime: Infinity,
    queryFn: async () => {
      const fields: unknown[] = await api!.loadFormFields();
      // Here and not below: another object in each render would make each field anew.
      return {
        ...Object.fromEntries(
          fields
            .filter(isField)
            .map(({ name, component }) => [name, component]),
        ),
        ...OWN,
      };
    },
  });
  if (!foreign || !api || loaded.isError) return OWN;
  return loaded.data;
}

function* fieldsIn(hints: UiSchema): Generator<string> {
  for (const [key, value] of Object.entries(hints)) {
    if (key === 'ui:field' && typeof value === 'string') yield value;
    else if (!key.startsWith('ui:') && typeof value === 'object' && value) {
      yield* fieldsIn(value);
    }
  }
}

/** What is inside of a field, as the API gives it, has no type upstream. */
function isField(
  field: unknown,
): field is { name: string; component: ScaffolderRJSFField } {
  return (
    typeof field === 'object' &&
    field !== null &&
    'name' in field &&
    typeof field.name === 'string' &&
    'component' in field
  );
}
