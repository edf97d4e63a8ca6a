import {
  BlueprintComponent,
  ComponentNode,
  componentGraph,
  inputNames,
  JsonObject,
  JsonValue,
} from '@greenroom/plugin-environments-common';

/** What can be made out of a document while it is being written. */
export interface Sketch {
  name: string;
  version: string;
  inputs: JsonObject;
  inputNames: string[];
  /** Those that stand on a cycle are left out: they have no place. */
  graph: ComponentNode[];
  components: Record<string, BlueprintComponent>;
}

/** Reads what is there of a document and passes over what is not; wrong is said elsewhere. */
export function sketchOf(value: JsonValue | undefined): Sketch {
  const document = asObject(value);
  const spec = asObject(document.spec);
  const inputs = asObject(spec.inputs);
  const components = Object.fromEntries(
    Object.entries(asObject(spec.components)).map(([id, component]) => [
      id,
      sketchComponent(asObject(component)),
    ]),
  );
  return {
    name: asText(asObject(document.metadata).name),
    version: asText(spec.version),
    inputs: { ...inputs, properties: asObject(inputs.properties) },
    inputNames: inputNames(inputs),
    components,
    graph: componentGraph({ spec: { components } }),
  };
}

function sketchComponent(component: JsonObject): BlueprintComponent {
  const { driver, source, with: given, when } = component;
  return {
    driver: asText(driver),
    source: asText(source),
    with: asObject(given),
    ...(typeof when === 'string' && { when }),
  };
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value
    : {};
}

function asText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
