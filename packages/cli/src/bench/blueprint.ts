import {
  applyInputs,
  BlueprintScope,
  componentGraph,
  parseBlueprint,
  resolveOutputs,
  resolveWith,
} from '@greenroom/plugin-environments-common';
import { spread } from './figures';

/** Components of the small and of the large blueprint; each component has ten expressions. */
const SIZES = [5, 50] as const;
const EXPRESSIONS_EACH = 10;

/** Until the code is compiled, figures say more of the compiler. */
const WARM_UPS = 5;

/** How often each is done for one figure: once takes about a millisecond. */
const TIMES = 10;

type Stage = 'parse and check' | 'resolve' | 'both';

/**
 * What a blueprint costs to read and to resolve, for one and for one ten times as large, in
 * turns. What matters is that the cost grows with the size and not with its square.
 */
export async function benchBlueprint(options: {
  rounds: number;
}): Promise<string> {
  const figures = SIZES.map(size => ({
    text: generated(size),
    'parse and check': [] as number[],
    resolve: [] as number[],
    both: [] as number[],
  }));
  for (let round = -WARM_UPS; round < options.rounds; round++) {
    for (const figure of figures) {
      const { parsing, resolving } = measured(figure.text);
      if (round < 0) continue;
      figure['parse and check'].push(parsing);
      figure.resolve.push(resolving);
      figure.both.push(parsing + resolving);
    }
  }
  const [small, large] = figures;
  const row = (stage: Stage) => {
    const ratio = spread(large[stage]).median / spread(small[stage]).median;
    return `| ${stage} | ${shown(small[stage])} | ${shown(large[stage])} | ${ratio.toFixed(1)} |`;
  };
  const head = SIZES.map(
    size => `${size} components, ${size * EXPRESSIONS_EACH} expressions, ms`,
  );
  return [
    `| what | ${head.join(' | ')} | ratio |`,
    '| --- | --- | --- | --- |',
    row('parse and check'),
    row('resolve'),
    row('both'),
  ].join('\n');
}

function shown(figures: number[]): string {
  const { median, min, max } = spread(figures);
  return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
}

/** Milliseconds of one parsing and of one resolving of all components and outputs. */
function measured(text: string): { parsing: number; resolving: number } {
  const began = performance.now();
  for (let time = 0; time < TIMES; time++) parseBlueprint(text);
  const parsed = performance.now();
  const { document, problems } = parseBlueprint(text);
  if (!document) throw new Error(`It is wrong: ${JSON.stringify(problems)}`);
  const ready = performance.now();
  for (let time = 0; time < TIMES; time++) {
    const { inputs } = applyInputs(document, { title: 'Tea' });
    const scope = scopeOf(inputs);
    for (const { id } of componentGraph(document)) {
      resolveWith(document, id, scope);
      const outputs = { url: { value: `https://${id}`, sensitive: false } };
      scope.components[id] = { outputs };
    }
    resolveOutputs(document, scope);
  }
  return {
    parsing: (parsed - began) / TIMES,
    resolving: (performance.now() - ready) / TIMES,
  };
}

function scopeOf(inputs: BlueprintScope['inputs']): BlueprintScope {
  return {
    inputs,
    environment: {
      id: '7',
      name: 'tea',
      slug: 'tea-7',
      owner: 'group:default/shop',
      type: 'sandbox',
    },
    owner: { ref: 'group:default/shop', name: 'shop' },
    blueprint: { name: 'generated', version: '1.0.0' },
    components: {},
  };
}

/** A chain of components, each of which draws on the one before it. */
function generated(size: number): string {
  const components = Array.from({ length: size }, (_, n) => {
    const before =
      n === 0 ? 'environment.slug' : `components.c${n - 1}.outputs.url`;
    return `    c${n}:
      driver: terraform
      source: ./module
      when: \${{ inputs.pages > 0 && environment.type != "none" }}
      with:
        name: \${{ environment.slug + "-${n}" }}
        title: '\${{ inputs.title }} of \${{ owner.name }}'
        pages: \${{ inputs.pages * 2 + ${n} }}
        upstream: '\${{ ${before} }}'
        tags: '\${{ inputs.tags.map(t, t + "-" + blueprint.name) }}'
        nested: {deep: ['\${{ has(inputs.note) ? inputs.note : "none" }}', '\${{ size(inputs.tags) }}']}
        valid: \${{ inputs.title.matches("^[A-Z][a-z]+$") }}`;
  });
  return `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: generated}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs:
    required: [title]
    properties:
      title: {type: string, minLength: 2}
      pages: {type: integer, default: 3}
      tags: {type: array, items: {type: string}, default: [a, b]}
      note: {type: string}
  components:
${components.join('\n')}
  outputs:
    url: {value: '\${{ components.c${size - 1}.outputs.url }}'}
`;
}
