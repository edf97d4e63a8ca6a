import { PgBoss } from 'pg-boss';

const QUEUE = 'raw';

/** A process of `rawJobs.ts`: fills the queue, or works it empty. */
async function main([database, what, count]: string[]): Promise<void> {
  const boss = new PgBoss({
    host: process.env.POSTGRES_HOST,
    port: Number(process.env.POSTGRES_PORT),
    user: process.env.POSTGRES_USER,
    password: process.env.POSTGRES_PASSWORD,
    database,
    schema: 'raw',
    max: 10,
    schedule: false,
    supervise: false,
  });
  await boss.start();
  if (what === 'fill') {
    await boss.createQueue(QUEUE);
    await boss.insert(
      QUEUE,
      Array.from({ length: Number(count) }, () => ({})),
    );
  } else {
    await Promise.all(Array.from({ length: Number(count) }, () => work(boss)));
  }
  await boss.stop({ graceful: false });
}

async function work(boss: PgBoss): Promise<void> {
  for (;;) {
    const [job] = await boss.fetch(QUEUE);
    if (!job) return;
    await boss.complete(QUEUE, job.id);
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  error => {
    console.error(error);
    process.exit(1);
  },
);
