import { SHOP } from './__testUtils__/documents';
import { unknownOutputs } from './componentOutputs';
import { parseBlueprint } from './parse';

describe('outputs that components do not have', () => {
  const { document, placeOf } = parseBlueprint(
    SHOP.replace('outputs.url }}\n  outputs', 'outputs.ulr }}\n  outputs'),
  );

  it('are told where they are drawn on, with the one that may be meant', () => {
    expect(unknownOutputs(document!, 'data', ['url', 'id'], placeOf)).toEqual([
      {
        code: 'blueprint.output.unknown',
        message:
          'Component "data" gives no output "ulr", which components.web.with.url draws on.',
        place: expect.objectContaining({ line: 32, column: 14 }),
        component: 'data',
        remedy: 'Did you mean "url"?',
      },
    ]);
    expect(unknownOutputs(document!, 'web', [])).toMatchObject([
      {
        message: expect.stringContaining('outputs.url.value draws on'),
        remedy: 'Leave it out.',
      },
    ]);
  });

  it('are none where all that is drawn on is there', () => {
    expect(unknownOutputs(document!, 'data', ['ulr'])).toEqual([]);
    expect(unknownOutputs(document!, 'web', ['url', 'more'])).toEqual([]);
  });
});
