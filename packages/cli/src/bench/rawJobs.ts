import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createDatabase } from '../processes/database';

/**
 * Jobs of pg-boss that do nothing, waiting in their queue when the processes start; each fetches
 * one, completes it, and takes the next, without ever waiting for a poll.
 *
 * @returns jobs per second, from the first fetched to the last completed
 */
export async function rawJobsPerSecond(options: {
  repository: string;
  processes: number;
  jobs: number;
  atOnce: number;
}): Promise<number> {
  const { repository, processes, jobs, atOnce } = options;
  const database = await createDatabase('bench_raw');
  const run = async (...args: (string | number)[]) => {
    const child = spawn(
      process.execPath,
      [
        '--require',
        join(
          repository,
          'node_modules/@backstage/cli/config/nodeTransform.cjs',
        ),
        join(repository, 'packages/cli/src/bench/rawJobsProcess.ts'),
        ...[database.name, ...args].map(String),
      ],
      { stdio: 'inherit' },
    );
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error('A process of raw jobs failed.');
  };
  try {
    await run('fill', jobs);
    await Promise.all(
      Array.from({ length: processes }, () => run('work', atOnce)),
    );
    const [{ seconds, done }] = await database.query<{
      seconds: number;
      done: string;
    }>(
      `SELECT extract(epoch FROM max(completed_on) - min(started_on))::float AS seconds, count(*) AS done
       FROM raw.job WHERE state = 'completed'`,
    );
    if (Number(done) !== jobs) throw new Error(`Only ${done} jobs were done.`);
    return jobs / seconds;
  } finally {
    await database.drop();
  }
}
