import {
  ArrayFieldTemplateProps,
  FieldTemplateProps,
  ObjectFieldTemplateProps,
  TemplatesType,
} from '@rjsf/utils';
import { Button } from '@backstage/ui';
import { FieldError } from '../FieldError';
import { InputsContext, shownError } from './context';
import { errorId } from './widgets';
import styles from '../create.module.css';

function FieldTemplate(props: FieldTemplateProps) {
  const { id, children, hidden, schema, rawErrors } = props;
  const context = props.formContext as InputsContext | undefined;
  if (hidden) return <>{children}</>;
  if (schema.type === 'object' || schema.type === 'array') {
    return <>{children}</>;
  }
  return (
    <div className={styles.field}>
      {children}
      {schema.type === 'boolean' && schema.description && (
        <div className={styles.hint}>{schema.description}</div>
      )}
      <FieldError id={errorId(id)} error={shownError(id, rawErrors, context)} />
    </div>
  );
}

function ObjectFieldTemplate(props: ObjectFieldTemplateProps) {
  const { idSchema, title, description, properties } = props;
  const fields = properties.map(({ content }) => content);
  if (idSchema.$id === 'root') return <>{fields}</>;
  return (
    <fieldset className={styles.group}>
      <legend>{title}</legend>
      {description && <div className={styles.hint}>{description}</div>}
      {fields}
    </fieldset>
  );
}

function ArrayFieldTemplate(props: ArrayFieldTemplateProps) {
  const { title, items, canAdd, onAddClick } = props;
  const context = props.formContext as InputsContext | undefined;
  const id = props.idSchema.$id;
  return (
    <fieldset className={styles.group}>
      <legend>{title}</legend>
      {items.map((item, index) => (
        <div key={item.key} className={styles.item}>
          {item.children}
          {item.hasRemove && (
            <Button
              variant="secondary"
              onPress={() => item.onDropIndexClick(item.index)()}
            >
              {`Remove ${index + 1}`}
            </Button>
          )}
        </div>
      ))}
      {canAdd && (
        <Button variant="secondary" onPress={() => onAddClick()}>
          {`Add to ${title}`}
        </Button>
      )}
      <FieldError
        id={errorId(id)}
        error={shownError(id, props.rawErrors, context)}
      />
    </fieldset>
  );
}

export const templates: Partial<TemplatesType> = {
  FieldTemplate,
  ObjectFieldTemplate,
  ArrayFieldTemplate,
};
