import { BlueprintDocument } from './document';
import { readExpression } from './expression';
import { stringsIn } from './graph';
import { readTemplate } from './template';

/**
 * Keys of a component's `with`, its overlay for pauses included, whose values draw on an output of
 * another component for which `holds` is true.
 *
 * @public
 */
export function keysFromOutputs(
  document: BlueprintDocument,
  componentId: string,
  holds: (component: string, output: string) => boolean,
): string[] {
  const { with: given, pause } = document.spec.components[componentId];
  const keys = Object.entries({ ...given, ...pause?.with })
    .filter(([key]) =>
      [...stringsIn([given[key] ?? null, pause?.with[key] ?? null])].some(
        ({ text }) => drawsOn(text, holds),
      ),
    )
    .map(([key]) => key);
  return keys;
}

function drawsOn(
  text: string,
  holds: (component: string, output: string) => boolean,
): boolean {
  return readTemplate(text).parts.some(
    part =>
      part.kind === 'expression' &&
      readExpression(part.source).references.some(({ component, output }) =>
        holds(component, output),
      ),
  );
}
