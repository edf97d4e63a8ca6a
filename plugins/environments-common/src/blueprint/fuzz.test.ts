import fc from 'fast-check';
import { JsonObject } from '../json';
import { RICH, scopeOf, SHOP } from './__testUtils__/documents';
import { mutations } from './__testUtils__/mutations';
import { BLUEPRINT_LIMITS, BlueprintDocument } from './document';
import { BlueprintExpressionError } from './evaluate';
import { componentGraph } from './graph';
import { applyInputs } from './inputs';
import { checkBlueprint, parseBlueprint } from './parse';
import { resolveOutputs, resolveWith } from './resolve';
import { blueprintTtl } from './ttl';

/** Changed documents of each kind; as many as take some seconds. */
const RUNS = 250;

/** What is promised of a text, whatever stands in it. */
function judge(text: string): BlueprintDocument | undefined {
  const { document, problems } = parseBlueprint(text);
  expect(document === undefined).toBe(problems.length > 0);
  expect(problems.length).toBeLessThanOrEqual(BLUEPRINT_LIMITS.problems);
  const lines = text.split('\n');
  for (const { code, message, remedy, place } of problems) {
    expect(code).toMatch(/^blueprint\.[a-z.-]+$/);
    expect(message).toBeTruthy();
    expect(remedy).toBeTruthy();
    expect(place?.file).toBe('blueprint.yaml');
    const { line = 0, column = 0 } = place ?? {};
    expect(line).toBeGreaterThan(0);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThan(0);
    expect(column).toBeLessThanOrEqual(lines[line - 1].length + 1);
  }
  return document;
}

/** Whoever has a document may do all this with it. */
function use(document: BlueprintDocument): void {
  expect(componentGraph(document)).toHaveLength(
    Object.keys(document.spec.components).length,
  );
  blueprintTtl(document);
  for (const { inputs } of document.spec.examples) {
    expect(applyInputs(document, inputs).problems).toEqual([]);
  }
  const { inputs, problems } = applyInputs(document, { title: 'Tea' });
  if (problems.length > 0) return;
  try {
    const scope = scopeOf({ inputs });
    for (const id of Object.keys(document.spec.components)) {
      resolveWith(document, id, scope, { paused: true });
    }
    resolveOutputs(document, scope);
  } catch (error) {
    if (!(error instanceof BlueprintExpressionError)) throw error;
  }
}

describe('a document that chance has changed', () => {
  it.each([
    ['a plain one', SHOP],
    ['one with something of everything', RICH],
  ])(
    'is read or refused at a place, from %s',
    (_which, source) => {
      const read = judge(source);
      use(read!);
      let right = 0;
      fc.assert(
        fc.property(mutations, change => {
          const document = judge(change(source));
          if (!document) return;
          right++;
          use(document);
        }),
        { numRuns: RUNS },
      );
      // Were all refused, nothing behind the parser would have been tried.
      expect(right).toBeGreaterThan(10);
    },
    // Many documents, on a machine that has other work.
    300_000,
  );

  it('is judged the same as an entity, where no text is known', () => {
    const values = fc.jsonValue({ maxDepth: 5 });
    fc.assert(
      fc.property(values, values, (spec, metadata) => {
        const entity = { spec, metadata } as JsonObject;
        const { document, problems } = checkBlueprint(entity);
        expect(document).toBeUndefined();
        expect(problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});
