import { JsonObject, JsonValue } from '@greenroom/plugin-environments-common';

/** One input of a blueprint as a row to read. */
export interface InputRow {
  name: string;
  title: string;
  description: string;
  type: string;
  required: boolean;
  defaultText?: string;
}

/** The inputs of a JSON Schema, in its order. */
export function inputRows(schema: JsonObject): InputRow[] {
  const properties = asObject(schema.properties);
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(properties).map(([name, value]) => {
    const property = asObject(value);
    return {
      name,
      title: asText(property.title) || name,
      description: asText(property.description),
      type: typeText(property),
      required: required.includes(name),
      defaultText:
        property.default === undefined
          ? undefined
          : JSON.stringify(property.default),
    };
  });
}

function typeText(property: JsonObject): string {
  if (Array.isArray(property.enum)) {
    return property.enum.map(value => String(value)).join(', ');
  }
  if (property['ui:field'] === 'EntityPicker') return 'catalog entity';
  const type = asText(property.type) || 'any';
  const { minimum, maximum } = property;
  if (minimum !== undefined && maximum !== undefined) {
    return `${type}, ${minimum} to ${maximum}`;
  }
  return type;
}

function asObject(value: JsonValue | undefined): JsonObject {
  return value && typeof value === 'object' && !Array.isArray(value)
    ? value
    : {};
}

function asText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
