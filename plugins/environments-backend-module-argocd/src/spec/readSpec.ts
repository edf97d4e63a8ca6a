import { JsonObject, Problem } from '@greenroom/plugin-environments-common';
import { checkSpec } from './checkSpec';
import { readSpecFile, SPEC_FILE, SpecFile } from './file';
import { isMap, overlaid } from './overlay';
import { ComponentSpec, componentSpec } from './schema';

/** A component as a driver is given it. */
export interface GivenComponent {
  id: string;
  with: JsonObject;
  folder: string;
}

/** What a component is to be, or everything that is wrong with what was said of it. */
export type ReadSpec = { spec: ComponentSpec } | { problems: Problem[] };

/**
 * Reads the component's file and lays its `with` over it.
 *
 * @param options - `expressions`: strings that hold expressions stand for values that nobody knows
 *   yet, so whatever is wrong with them as they are is passed over
 */
export async function readSpec(
  component: GivenComponent,
  sourcePath: string,
  options: { expressions: boolean },
): Promise<ReadSpec> {
  const file = await readSpecFile(component.folder, sourcePath);
  if ('code' in file)
    return { problems: [{ ...file, component: component.id }] };
  const whole = overlaid(file.content, component.with);
  const problemAt = (path: PropertyKey[], code: string, message: string) =>
    placed(component, file, path, { code, message });

  const parsed = componentSpec.safeParse(whole);
  const known = (path: PropertyKey[]) =>
    !options.expressions || !holdsExpression(whole, path);
  const problems = (parsed.error?.issues ?? [])
    .filter(({ path }) => known(path))
    .map(({ path, message, ...issue }) =>
      issue.code === 'unrecognized_keys'
        ? problemAt(
            [...path, issue.keys[0]],
            'argocd.spec.unknown',
            `There is no field "${issue.keys[0]}"`,
          )
        : problemAt(path, 'argocd.spec.invalid', message),
    );
  const checked = checkSpec(whole)
    .filter(({ path }) => known(path))
    .map(({ path, message }) =>
      problemAt(path, 'argocd.spec.invalid', message),
    );
  if (problems.length > 0 || checked.length > 0)
    return { problems: [...problems, ...checked] };
  // What expressions will give is checked when they have given it.
  return { spec: parsed.data ?? (whole as ComponentSpec) };
}

/**
 * The Argo CD that a component asks for by name, whatever else is wrong with it: a teardown must
 * not fail over a field that has no effect on it.
 */
export async function readInstance(
  component: GivenComponent,
): Promise<string | undefined> {
  const file = await readSpecFile(component.folder, '');
  const content = 'code' in file ? {} : file.content;
  const { instance } = overlaid(content, component.with);
  return typeof instance === 'string' ? instance : undefined;
}

function placed(
  { id, with: given }: GivenComponent,
  file: SpecFile,
  path: PropertyKey[],
  { code, message }: { code: string; message: string },
): Problem {
  const own = isMap(given) && within(given, path);
  const field = [...(own ? ['with'] : []), ...path].join('.');
  return {
    code,
    component: id,
    field,
    message: `${field || SPEC_FILE} of component "${id}": ${message}`,
    ...(!own && { place: file.placeOf(path) }),
    remedy: own
      ? `Mend ${field} in the blueprint`
      : `Mend it there, or give it in the component's \`with\``,
  };
}

/** Whether the innermost part of the path that is there at all stands in this map. */
function within(given: JsonObject, path: PropertyKey[]): boolean {
  let value: unknown = given;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isMap(value) && Object.hasOwn(value, String(step)))
      value = value[String(step)];
    else return false;
  }
  return path.length > 0;
}

function holdsExpression(whole: JsonObject, path: PropertyKey[]): boolean {
  let value: unknown = whole;
  for (const step of [...path, undefined]) {
    if (typeof value === 'string') return value.includes('${{');
    if (step === undefined) return false;
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isMap(value)) value = value[String(step)];
    else return false;
  }
  return false;
}
