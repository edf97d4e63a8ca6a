import { compareTable } from './figures';
import { BenchPortal, startBenchPortal } from './portal';

const MEBIBYTE = 1024 * 1024;

/** How long after readiness memory is read: the catalog has then read its locations once. */
const SETTLE_MS = 15_000;

/**
 * Start and memory of Greenroom's backend beside a backend with the same upstream features alone,
 * in turns, each on an empty database.
 */
export async function benchStart(options: {
  repository: string;
  rounds: number;
}): Promise<string> {
  const figures = {
    upstream: { ready: [] as number[], memory: [] as number[] },
    greenroom: { ready: [] as number[], memory: [] as number[] },
  };
  const entries = {
    upstream: 'src/bench/upstreamOnly.ts',
    greenroom: 'src/index.ts',
  };
  for (let round = 0; round < options.rounds; round++) {
    for (const name of ['upstream', 'greenroom'] as const) {
      const portal = await startBenchPortal({
        repository: options.repository,
        entry: entries[name],
      });
      figures[name].ready.push(portal.readyMs / 1000);
      figures[name].memory.push(await settledMemory(portal));
    }
  }
  return [
    compareTable('s', [
      {
        what: 'start until ready',
        reference: figures.upstream.ready,
        greenroom: figures.greenroom.ready,
      },
    ]),
    '',
    compareTable('MiB', [
      {
        what: 'memory after start',
        reference: figures.upstream.memory,
        greenroom: figures.greenroom.memory,
      },
    ]),
  ].join('\n');
}

async function settledMemory(portal: BenchPortal): Promise<number> {
  try {
    await new Promise(resolve => setTimeout(resolve, SETTLE_MS));
    return (await portal.memory()) / MEBIBYTE;
  } finally {
    await portal.stop();
  }
}
