import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COST } from './__testUtils__/mistakes/cost';
import { ENVIRONMENTS } from './__testUtils__/mistakes/environments';
import { NOT_YET_SHOP } from './__testUtils__/documents';
import { EXPRESSIONS } from './__testUtils__/mistakes/expressions';
import { IDLE } from './__testUtils__/mistakes/idle';
import { INPUTS } from './__testUtils__/mistakes/inputs';
import { MEANING } from './__testUtils__/mistakes/meaning';
import { Mistake, toldOf } from './__testUtils__/mistakes/mistake';
import { NOT_YET } from './__testUtils__/mistakes/notYet';
import { SECRETS } from './__testUtils__/mistakes/secrets';
import { SHAPE } from './__testUtils__/mistakes/shape';
import { SOURCES } from './__testUtils__/mistakes/sources';
import { YAML } from './__testUtils__/mistakes/yaml';
import { parseBlueprint } from './parse';

const MISTAKES = [
  ...YAML,
  ...SHAPE,
  ...MEANING,
  ...IDLE,
  ...COST,
  ...INPUTS,
  ...EXPRESSIONS,
  ...ENVIRONMENTS,
  ...SECRETS,
  ...SOURCES,
  ...NOT_YET,
];

/** Told when an expression runs, or once the sources are known; never by the parser. */
const LATER = ['blueprint.expression.failed', 'blueprint.output.unknown'];

/** A row as the name of a test: what stands around the sign. */
const named = (mistake: Mistake) => {
  const at = mistake[1].indexOf('▸');
  const around = mistake[1].slice(Math.max(0, at - 30), at + 40);
  return [mistake[2], around.replaceAll('\n', '⏎'), mistake] as const;
};

describe('a wrong blueprint', () => {
  it.each(MISTAKES.map(named))('tells %s at %s', (code, _written, mistake) => {
    const { document, codes, problem, place } = toldOf(mistake);
    const [, , , remedy = '', also = []] = mistake;
    expect(document).toBeUndefined();
    expect([...codes].sort()).toEqual([code, ...also].sort());
    expect(problem).toMatchObject({
      place,
      message: expect.stringMatching(/[.!?]$/),
      remedy: expect.stringContaining(remedy),
    });
    expect(problem?.remedy).toBeTruthy();
  });

  it('is not one in anything but that part of it is not acted on yet', () => {
    const { problems } = parseBlueprint(NOT_YET_SHOP);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['blueprint.unsupported', expect.stringContaining('"spec.drift"')],
      ['blueprint.unsupported', expect.stringContaining('"spec.policies"')],
    ]);
  });

  it('is in no row twice', () => {
    const rows = MISTAKES.map(([from, to]) => `${from} -> ${to}`);
    expect(rows.filter((row, at) => rows.indexOf(row) !== at)).toEqual([]);
  });

  it('has a row for each code that the parser can give', () => {
    const sources = readdirSync(__dirname)
      .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map(name => readFileSync(join(__dirname, name), 'utf8'));
    const codes = [...sources.join('\n').matchAll(/'(blueprint\.[a-z.-]+)'/g)]
      .map(([, code]) => code)
      .filter(code => !LATER.includes(code));
    const told = MISTAKES.flatMap(([, , code, , also = []]) => [code, ...also]);
    expect([...new Set(codes)].sort()).toEqual([...new Set(told)].sort());
  });
});
