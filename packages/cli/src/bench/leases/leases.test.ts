import { resolve } from 'node:path';
import { takeDatabase } from '../../__testUtils__/takeDatabase';
import { benchLeases } from './bench';

describe('bench leases', () => {
  it('has each lease end once though a replica is killed, and says what idle sweeps cost', async () => {
    takeDatabase();
    const report = await benchLeases({
      repository: resolve(__dirname, '../../../../..'),
      rounds: 1,
      leases: 200,
      fleets: [10, 1000],
    });
    const rows = report.split('\n').map(line => line.split(' | '));
    expect(rows[2].slice(-3)).toEqual(['200', '0', '0 |']);
    const idle = rows.slice(-10);
    expect(idle.map(([size]) => size)).toEqual([
      ...Array(5).fill('| 10'),
      ...Array(5).fill('| 1,000'),
    ]);
    // Of a small fleet PostgreSQL reads all rows, of a large one none that is not due.
    const read = idle.slice(5).map(row => Number(row[4]));
    expect(Math.max(...read)).toBeLessThanOrEqual(2);
  }, 180_000);
});
