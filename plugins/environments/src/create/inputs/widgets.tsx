import {
  Checkbox,
  NumberField,
  PasswordField,
  Select,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import { RegistryWidgetsType, WidgetProps } from '@rjsf/utils';
import { InputsContext, shownError } from './context';

type Props = WidgetProps & { formContext?: InputsContext };

/** What every field of the design system takes from the form. */
function common(props: Props) {
  const { id, label, required, disabled, readonly, schema, options } = props;
  return {
    id,
    label,
    secondaryLabel: required ? 'Required' : undefined,
    description: options.description ?? schema.description,
    isDisabled: disabled || readonly,
    isInvalid: shownError(id, props.rawErrors, props.formContext) !== undefined,
    'aria-describedby': errorId(id),
    onBlur: () => props.onBlur(id, props.value),
  };
}

export function errorId(id: string): string {
  return `${id}__error`;
}

function TextWidget(props: Props) {
  if (props.schema.type === 'number' || props.schema.type === 'integer') {
    return (
      <NumberField
        {...common(props)}
        formatOptions={{ useGrouping: false, maximumFractionDigits: 10 }}
        value={typeof props.value === 'number' ? props.value : NaN}
        onChange={value =>
          props.onChange(Number.isNaN(value) ? undefined : value)
        }
      />
    );
  }
  return (
    <TextField
      {...common(props)}
      placeholder={props.placeholder}
      value={props.value ?? ''}
      onChange={value => props.onChange(value === '' ? undefined : value)}
    />
  );
}

function TextareaWidget(props: Props) {
  return (
    <TextAreaField
      {...common(props)}
      placeholder={props.placeholder}
      value={props.value ?? ''}
      onChange={value => props.onChange(value === '' ? undefined : value)}
    />
  );
}

function PasswordWidget(props: Props) {
  return (
    <PasswordField
      {...common(props)}
      value={props.value ?? ''}
      onChange={value => props.onChange(value === '' ? undefined : value)}
    />
  );
}

/** Keys of a list are texts; the values of a schema may be anything, so the place in the list stands for them. */
function SelectWidget(props: Props) {
  const choices = props.options.enumOptions ?? [];
  const shared = {
    ...common(props),
    options: choices.map(({ label }, index) => ({
      id: String(index),
      label,
    })),
  };
  const valueAt = (key: unknown) => choices[Number(key)]?.value;
  const keyOf = (value: unknown) =>
    String(choices.findIndex(choice => choice.value === value));

  return props.multiple ? (
    <Select
      {...shared}
      selectionMode="multiple"
      value={((props.value as unknown[]) ?? []).map(keyOf)}
      onChange={keys => props.onChange(keys.map(valueAt))}
    />
  ) : (
    <Select
      {...shared}
      value={props.value === undefined ? null : keyOf(props.value)}
      onChange={key => props.onChange(key === null ? undefined : valueAt(key))}
    />
  );
}

function CheckboxWidget(props: Props) {
  const { id, label, disabled, readonly } = props;
  return (
    <Checkbox
      id={id}
      isSelected={props.value === true}
      isDisabled={disabled || readonly}
      aria-describedby={errorId(id)}
      onBlur={() => props.onBlur(id, props.value)}
      onChange={props.onChange}
    >
      {label}
    </Checkbox>
  );
}

export const widgets: RegistryWidgetsType = {
  TextWidget,
  EmailWidget: TextWidget,
  URLWidget: TextWidget,
  UpDownWidget: TextWidget,
  TextareaWidget,
  PasswordWidget,
  SelectWidget,
  RadioWidget: SelectWidget,
  CheckboxesWidget: SelectWidget,
  CheckboxWidget,
};
