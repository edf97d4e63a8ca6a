import { JsonValue } from '../json';
import { Problem, SourcePlace } from '../problem';
import { BlueprintDocument } from './document';
import { readExpression } from './expression';
import { stringsIn } from './graph';
import { DocumentPath } from './locator';
import { didYouMean } from './nearest';
import { readTemplate } from './template';

/**
 * Uses of outputs that a component does not have, which only its source can tell.
 *
 * @param declared - names of those that it has
 * @param placeOf - where a part of the document stands; absent: nobody knows any more
 * @public
 */
export function unknownOutputs(
  document: BlueprintDocument,
  component: string,
  declared: string[],
  placeOf?: (path: DocumentPath) => SourcePlace | undefined,
): Problem[] {
  return usedIn(document)
    .filter(use => use.component === component)
    .filter(({ output }) => !declared.includes(output))
    .map(({ output, path }) => ({
      code: 'blueprint.output.unknown',
      message: `Component "${component}" gives no output "${output}", which ${path.slice(1).join('.')} draws on.`,
      place: placeOf?.(path),
      component,
      remedy: didYouMean(output, declared),
    }));
}

function usedIn(document: BlueprintDocument) {
  const { components, outputs, idle } = document.spec;
  const drawing: [DocumentPath, JsonValue][] = [
    ...Object.entries(components).flatMap(
      ([id, { with: given, pause }]): [DocumentPath, JsonValue][] => [
        [['spec', 'components', id, 'with'], given],
        [['spec', 'components', id, 'pause', 'with'], pause?.with ?? {}],
      ],
    ),
    ...Object.entries(outputs).map(
      ([name, { value }]): [DocumentPath, JsonValue] => [
        ['spec', 'outputs', name, 'value'],
        value,
      ],
    ),
    ...(idle?.probes ?? []).map(
      ({ http, prometheus }, index): [DocumentPath, JsonValue] => [
        ['spec', 'idle', 'probes', index],
        { ...(http && { http }), ...(prometheus && { prometheus }) },
      ],
    ),
  ];
  return drawing.flatMap(([at, value]) =>
    [...stringsIn(value)].flatMap(({ text, path }) =>
      readTemplate(text).parts.flatMap(part =>
        part.kind === 'expression'
          ? readExpression(part.source).references.map(reference => ({
              ...reference,
              path: [...at, ...path],
            }))
          : [],
      ),
    ),
  );
}
