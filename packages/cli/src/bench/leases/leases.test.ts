import { resolve } from 'node:path';
import { takeDatabase } from '../../__testUtils__/takeDatabase';
import { benchLeases } from './bench';

describe('bench leases', () => {
  it('has each lease end once though a replica is killed, and says what an idle sweep costs', async () => {
    takeDatabase();
    const report = await benchLeases({
      repository: resolve(__dirname, '../../../../..'),
      rounds: 1,
      leases: 200,
      fleets: [10, 1000],
    });
    const rows = report.split('\n').map(line => line.split(' | '));
    expect(rows[2].slice(-3)).toEqual(['200', '0', '0 |']);
    expect(rows.slice(-2).map(([size]) => size)).toEqual(['| 10', '| 1,000']);
  }, 180_000);
});
