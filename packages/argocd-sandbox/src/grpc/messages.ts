import {
  Field,
  MapField,
  Method,
  parse,
  Root,
  Service,
  Type,
} from 'protobufjs';
import { DESCRIPTION } from './description';
import { SPECIAL } from './special';

const root = new Root();
for (const text of DESCRIPTION) parse(text, root, { keepCase: true });
root.resolveAll();

/**
 * @param call - `package.Service/Method`
 * @returns undefined when it is not served
 */
export function methodOf(call: string): Method | undefined {
  const [service, name = '', ...more] = call.split('/');
  const found = root.lookup(service, [Service]);
  const isServed =
    found instanceof Service &&
    more.length === 0 &&
    Object.hasOwn(found.methods, name);
  return isServed ? found.methods[name] : undefined;
}

/** What arrived, in the form that it has in JSON. */
export function decode({ resolvedRequestType }: Method, bytes: Buffer): object {
  return toJson(resolvedRequestType!, resolvedRequestType!.decode(bytes), true);
}

/** What is answered; fields that are not described are left out. */
export function encode({ resolvedResponseType }: Method, json: object): Buffer {
  const type = resolvedResponseType!;
  const message = type.fromObject(fromJson(type, json));
  return Buffer.from(type.encode(message).finish());
}

/** Go writes what is empty, too, and leaves it out of JSON: so does this, but in the call itself. */
function toJson(type: Type, message: object, isCall = false): object {
  const values = message as Record<string, unknown>;
  return Object.fromEntries(
    type.fieldsArray
      .filter(({ name }) => Object.hasOwn(values, name))
      .map((field): [Field, unknown] => [
        field,
        each(field, values[field.name], valueToJson),
      ])
      .filter(([field, value]) => isCall || isTold(field, value))
      .map(([{ name }, value]) => [name, value]),
  );
}

function valueToJson({ resolvedType, type }: Field, value: unknown): unknown {
  if (!(resolvedType instanceof Type))
    return type === 'int64' ? Number(String(value)) : value;
  const special = SPECIAL[resolvedType.name];
  if (special) return special.toJson(value as never);
  return toJson(resolvedType, value as object);
}

function fromJson(type: Type, json: object): Record<string, unknown> {
  const values = json as Record<string, unknown>;
  return Object.fromEntries(
    type.fieldsArray
      .map((field): [Field, unknown] => [
        field,
        field.options?.['(inline)'] ? json : values[field.name],
      ])
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([field, value]) => [field.name, each(field, value, valueFromJson)]),
  );
}

function valueFromJson({ resolvedType }: Field, value: unknown): unknown {
  if (!(resolvedType instanceof Type)) return value;
  const special = SPECIAL[resolvedType.name];
  if (special) return special.fromJson(value as never);
  return fromJson(resolvedType, value as object);
}

function each(
  field: Field,
  value: unknown,
  work: (field: Field, one: unknown) => unknown,
): unknown {
  if (field instanceof MapField) return value;
  return field.repeated
    ? (value as unknown[]).map(one => work(field, one))
    : work(field, value);
}

function isTold(field: Field, value: unknown): boolean {
  if (field.repeated || field instanceof MapField)
    return Object.keys(value as object).length > 0;
  if (field.resolvedType instanceof Type) return value !== undefined;
  return Boolean(value) || field.options?.['(told)'] === true;
}
