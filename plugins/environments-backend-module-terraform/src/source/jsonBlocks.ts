/** The JSON syntax lets a block be an object or a list of objects. */
export function objectsIn(value: unknown): Record<string, unknown>[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter(item => typeof item === 'object' && item !== null);
}

/** A property of the first object, where there is one. */
export function propertyOf(value: unknown, name: string): unknown {
  return objectsIn(value)[0]?.[name];
}
