import { benchBlueprint } from './blueprint';

describe('bench blueprint', () => {
  it('generates blueprints that are right, and prints a table of what they cost', async () => {
    const [head, , ...rows] = (await benchBlueprint({ rounds: 1 })).split('\n');
    expect(head).toContain('50 components, 500 expressions');
    expect(rows.map(row => row.split('|')[1].trim())).toEqual([
      'parse and check',
      'resolve',
      'both',
    ]);
  });
});
