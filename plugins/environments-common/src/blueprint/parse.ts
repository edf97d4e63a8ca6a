import { JsonObject, JsonValue } from '../json';
import { Problem, SourcePlace } from '../problem';
import {
  BLUEPRINT_LIMITS,
  BlueprintComponent,
  BlueprintDocument,
  BlueprintOutput,
} from './document';
import { checkExamples } from './examples';
import { ExpressionCheck } from './expressions';
import { checkInputSchema } from './inputsCheck';
import { blueprintLanguage } from './language';
import { checkGraph, checkMeaning } from './meaning';
import { checkDriftIgnore } from './driftIgnore';
import { checkPolicies } from './policies';
import { checkShape } from './shape';
import { checkUnsupported } from './unsupported';
import { readYaml } from './yamlSource';
import { asObject } from './values';
import { DocumentPath, Locator, nowhere } from './locator';

export interface ParsedBlueprint {
  /** Absent when there are problems. */
  document?: BlueprintDocument;
  problems: Problem[];
  /** What the text holds, right or wrong; absent when it is no YAML. */
  value?: JsonValue;
  /** Where the value at a path stands in the text, for whoever finds more wrong with it. */
  placeOf(path: DocumentPath): SourcePlace | undefined;
}

export interface ParseBlueprintOptions {
  /** What places call the file; `blueprint.yaml` when absent. */
  file?: string;
  /** In a file of several documents, the one of this metadata.name. */
  name?: string;
}

/**
 * Reads a blueprint from YAML and checks all that can be known without its sources.
 * Never throws for what an author can write: all problems are collected, in the order of the
 * text, each with line and column.
 */
export function parseBlueprint(
  text: string,
  options: ParseBlueprintOptions = {},
): ParsedBlueprint {
  const { file = 'blueprint.yaml', name } = options;
  const { value, locate, problems } = readYaml(text, { file, name });
  if (value === undefined) {
    return { problems: told(problems), placeOf: locate.value };
  }
  return check(value, locate);
}

/** The same for a document that was read already, such as a catalog entity: without places. */
export function checkBlueprint(value: JsonValue): ParsedBlueprint {
  return check(value, nowhere);
}

function check(value: JsonValue, locate: Locator): ParsedBlueprint {
  const shape = checkShape(value, locate);
  const raw = asObject(value);
  const spec = asObject(raw.spec);
  const inputs = asObject(spec.inputs);
  const components = Object.keys(asObject(spec.components));
  // A document past its limits is not worth the work of all other checks.
  if (components.length > BLUEPRINT_LIMITS.components) {
    return { problems: told(shape), value, placeOf: locate.value };
  }

  const schema = checkInputSchema(inputs, locate);
  const isTyped = !schema.some(({ code }) =>
    ['blueprint.inputs.schema', 'blueprint.name'].includes(code),
  );
  const language = isTyped ? blueprintLanguage(inputs, components) : undefined;
  const expressions = new ExpressionCheck(spec, language, locate).run();
  const examples =
    schema.length === 0 ? checkExamples(spec.examples, inputs, locate) : [];
  const problems = [
    ...shape,
    ...checkMeaning(raw, locate),
    ...(isTyped ? checkPolicies(spec, locate) : []),
    ...checkDriftIgnore(spec, locate),
    ...checkUnsupported(spec, locate),
    ...schema,
    ...examples,
    ...expressions.problems,
    ...checkGraph(components, expressions.references),
  ];
  const placeOf = locate.value;
  if (problems.length > 0) {
    return { problems: told(problems), value, placeOf };
  }
  return { document: normalised(raw), problems, value, placeOf };
}

/** Absent parts as empty ones, so that no reader has to ask. */
function normalised(raw: JsonObject): BlueprintDocument {
  const { apiVersion, kind, metadata, spec } =
    raw as unknown as BlueprintDocument;
  const components = Object.entries(spec.components).map(
    ([id, component]): [string, BlueprintComponent] => [
      id,
      { ...component, with: component.with ?? {} },
    ],
  );
  const outputs: Record<string, BlueprintOutput> = spec.outputs ?? {};
  return {
    apiVersion,
    kind,
    metadata,
    spec: {
      ...spec,
      inputs: { type: 'object', ...spec.inputs },
      components: Object.fromEntries(components),
      outputs,
      ttl: spec.ttl ?? {},
      examples: spec.examples ?? [],
    },
  };
}

/** In the order of the text, and not more than anybody reads. */
function told(problems: Problem[]): Problem[] {
  const position = ({ place }: Problem) =>
    (place?.line ?? 0) * 1e6 + (place?.column ?? 0);
  return [...problems]
    .sort((a, b) => position(a) - position(b))
    .slice(0, BLUEPRINT_LIMITS.problems);
}
