import { idleTable, PlanNode, reachedMs, readsOf } from './figures';

const scan = (of: Partial<PlanNode>): PlanNode => ({
  'Node Type': 'Index Scan',
  'Relation Name': 'leases',
  'Actual Rows': 0,
  'Actual Loops': 1,
  ...of,
});

describe('readsOf', () => {
  it('counts what tables gave in each turn, also what was thrown away, and no node twice', () => {
    const plan: PlanNode = {
      'Node Type': 'Limit',
      'Actual Rows': 2,
      'Actual Loops': 1,
      'Shared Hit Blocks': 7,
      'Shared Read Blocks': 1,
      Plans: [
        scan({ 'Actual Rows': 2, 'Shared Hit Blocks': 3 }),
        scan({
          'Node Type': 'Seq Scan',
          'Relation Name': 'operations',
          'Actual Rows': 1,
          'Actual Loops': 2,
          'Rows Removed by Filter': 4,
        }),
      ],
    };
    expect(readsOf([plan, scan({ 'Shared Hit Blocks': 2 })])).toEqual({
      rows: 2 + 2 * (1 + 4),
      blocks: 10,
    });
  });
});

describe('reachedMs', () => {
  const samples = [
    { afterMs: 100, count: 40 },
    { afterMs: 200, count: 50 },
    { afterMs: 300, count: 98 },
  ];

  it('says when so many were there', () => {
    expect(reachedMs(samples, 100, 0.5)).toBe(200);
    expect(reachedMs(samples, 100, 0.98)).toBe(300);
  });

  it('does not say when there never were', () => {
    expect(reachedMs(samples, 100, 0.99)).toBeUndefined();
  });
});

describe('idleTable', () => {
  it('sets each fleet beside the smallest, and beside reading everything', () => {
    const cost = (environments: number, ms: number, everythingMs: number) => ({
      environments,
      sweeps: ['one', 'other'].map((name, place) => ({
        name,
        ms: [ms * (place + 1)],
        plans: [scan({ 'Shared Hit Blocks': 2 })],
      })),
      everythingMs: [everythingMs],
    });
    const [, , first, second, third, fourth] = idleTable([
      cost(1000, 2, 10),
      cost(10_000, 3, 100),
    ]).split('\n');
    expect(first).toBe(
      '| 1,000 | one | 2.00 (2.00–2.00) | 1.00 | 0 | 2 | 10.00 (10.00–10.00) | 0.2000 |',
    );
    expect(second).toContain('| 1,000 | other | 4.00');
    expect(third).toContain('| 1.50 | 0 | 2 | 100.00');
    expect(third).toContain('0.0300');
    expect(fourth).toContain('0.0600');
  });
});
