import {
  CATALOG_FILTER_EXISTS,
  EntityFilterQuery,
} from '@backstage/catalog-client';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Select } from '@backstage/ui';
import { FieldProps } from '@rjsf/utils';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { InputsContext, shownError } from './context';
import { errorId } from './widgets';

/** As many as one looks through before typing. */
const SHOWN = 50;

/** Lets go of an entity that is not required. */
const NONE = { id: 'none', label: 'None' };

/** An entity of the catalog, found by name or title on the server; its value is the entity's ref. */
export function EntityPicker(props: FieldProps) {
  const { idSchema, schema, uiSchema, formData, required, name } = props;
  const id = idSchema.$id;
  const context = props.formContext as InputsContext | undefined;
  const [text, setText] = useState('');
  const entities = useEntities(
    readCatalogFilter(uiSchema?.['ui:options']?.catalogFilter),
    text,
  );
  const value = typeof formData === 'string' ? formData : null;

  return (
    <Select
      id={id}
      label={schema.title ?? name}
      secondaryLabel={required ? 'Required' : undefined}
      description={schema.description}
      placeholder="Pick an entity"
      isInvalid={shownError(id, props.rawErrors, context) !== undefined}
      aria-describedby={errorId(id)}
      options={[...(required || text ? [] : [NONE]), ...(entities.data ?? [])]}
      search={{
        mode: 'server',
        inputValue: text,
        onInputChange: setText,
        placeholder: 'Search the catalog',
      }}
      value={value}
      onChange={key => {
        props.onChange(
          key === null || key === NONE.id ? undefined : String(key),
        );
        setText('');
      }}
      onBlur={() => props.onBlur(id, formData)}
    />
  );
}

function useEntities(filter: EntityFilterQuery | undefined, text: string) {
  const catalogApi = useApi(catalogApiRef);
  return useQuery({
    queryKey: ['catalog', 'entities', filter, text],
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const { items } = await catalogApi.queryEntities({
        filter,
        limit: SHOWN,
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.title',
        ],
        orderFields: [{ field: 'metadata.name', order: 'asc' }],
        fullTextFilter: text
          ? { term: text, fields: ['metadata.name', 'metadata.title'] }
          : undefined,
      });
      return items.map(entity => ({
        id: stringifyEntityRef(entity),
        label: entity.metadata.title ?? entity.metadata.name,
        description: stringifyEntityRef(entity),
      }));
    },
  });
}

/** The filter as software templates write it: `{exists: true}` stands for any value. */
export function readCatalogFilter(
  value: unknown,
): EntityFilterQuery | undefined {
  if (Array.isArray(value)) return value.map(readOne);
  return value && typeof value === 'object' ? readOne(value) : undefined;
}

function readOne(value: object): Record<string, string | symbol | string[]> {
  return Object.fromEntries(
    Object.entries(value).map(([key, wanted]) => [
      key,
      wanted && typeof wanted === 'object' && 'exists' in wanted
        ? CATALOG_FILTER_EXISTS
        : wanted,
    ]),
  );
}
