import {
  EnvironmentState,
  LogLine,
  Operation,
} from '@greenroom/plugin-environments-common';
import {
  aLogLine,
  anOperation,
  aStep,
  HOUR,
  iso,
  MINUTE,
} from '../../src/testing/builders';
import { componentsIn } from './components';

const BUSY: Partial<Record<EnvironmentState, Operation['kind']>> = {
  provisioning: 'create',
  updating: 'update',
  pausing: 'pause',
  resuming: 'resume',
};

/** The operation that brought an environment into its state. */
export function operationOf(
  environmentId: string,
  environmentName: string,
  state: EnvironmentState,
  now: number,
): Operation {
  const base = {
    id: `op-${environmentId}`,
    environmentId,
    environmentName,
    components: componentsIn(state),
  };
  const at = (offset: number) => iso(now, offset);
  if (state in BUSY) {
    return anOperation(
      {
        ...base,
        kind: BUSY[state],
        worker: 'worker-2',
        state: 'running',
        requestedAt: at(-2 * MINUTE),
        startedAt: at(-2 * MINUTE),
        finishedAt: undefined,
        steps: [
          aStep({
            id: '1',
            component: 'database',
            state: 'succeeded',
            plan: { add: 3, change: 1, remove: 1 },
            startedAt: at(-118_000),
            finishedAt: at(-104_000),
          }),
          aStep({ id: '2', component: 'cache', state: 'unchanged' }),
          aStep({
            id: '3',
            component: 'app',
            state: 'succeeded',
            deferredBy: ['database'],
            startedAt: at(-117_000),
            finishedAt: at(-110_000),
          }),
          aStep({
            id: '4',
            component: 'worker-with-a-rather-long-name',
            action: 'apply',
            state: 'succeeded',
            startedAt: at(-80_000),
            finishedAt: at(-52_000),
            after: ['2'],
          }),
          aStep({
            id: '5',
            component: 'database',
            action: 'apply',
            state: 'running',
            after: ['1'],
            attempt: 2,
            startedAt: at(-38_000),
          }),
          aStep({
            id: '6',
            component: 'cache',
            action: 'apply',
            state: 'unchanged',
          }),
          aStep({
            id: '7',
            component: 'app',
            action: 'apply',
            after: ['3', '5'],
          }),
        ],
      },
      now,
    );
  }
  if (state === 'failed') {
    const problem = {
      code: 'terraform.apply.failed',
      message:
        'The database could not be created: the subnet group “shop” does not exist.',
      component: 'database',
      place: { file: 'database/main.tf', line: 14 },
      remedy: 'Correct the input “network”, which names the subnet group.',
      detail:
        'Error: creating RDS DB Instance (load-test): operation error RDS: CreateDBInstance, https response error StatusCode: 404\n\n  with aws_db_instance.main,\n  on database/main.tf line 14, in resource "aws_db_instance" "main":\n  14:   db_subnet_group_name = var.network',
    };
    return anOperation(
      {
        ...base,
        state: 'failed',
        requestedAt: at(-2 * HOUR),
        startedAt: at(-2 * HOUR),
        finishedAt: at(-2 * HOUR + 68_000),
        problem,
        steps: [
          aStep(
            {
              id: '1',
              component: 'cache',
              state: 'succeeded',
              plan: { add: 3, change: 0, remove: 0 },
            },
            now,
          ),
          aStep({ id: '2', component: 'database', state: 'succeeded' }, now),
          aStep(
            {
              id: '3',
              component: 'cache',
              action: 'apply',
              state: 'succeeded',
            },
            now,
          ),
          aStep(
            {
              id: '4',
              component: 'database',
              action: 'apply',
              state: 'failed',
              problem,
            },
            now,
          ),
          aStep({
            id: '5',
            component: 'app',
            action: 'apply',
            state: 'skipped',
          }),
        ],
      },
      now,
    );
  }
  if (state === 'destroying' || state === 'destroyed') {
    const over = state === 'destroyed';
    return anOperation(
      {
        ...base,
        number: 2,
        kind: 'destroy',
        state: over ? 'succeeded' : 'running',
        requestedAt: at(-3 * MINUTE),
        startedAt: at(-3 * MINUTE),
        finishedAt: over ? at(-2 * MINUTE) : undefined,
        cause: {
          code: 'lease.expired',
          message: 'the 24 h of the blueprint were over',
        },
        plan: { add: 0, change: 0, remove: 9 },
        steps: [
          aStep(
            {
              id: '1',
              component: 'app',
              action: 'destroy',
              state: 'succeeded',
            },
            now,
          ),
          aStep(
            {
              id: '2',
              component: 'database',
              action: 'destroy',
              state: over ? 'succeeded' : 'running',
              startedAt: at(-20_000),
            },
            now,
          ),
          aStep(
            {
              id: '3',
              component: 'database',
              action: 'prove',
              state: over ? 'succeeded' : 'waiting',
              after: ['2'],
            },
            now,
          ),
        ],
      },
      now,
    );
  }
  return anOperation(base, now);
}

const LOG_TEXTS = [
  'snapshot of site-sandbox 1.2.0 unpacked, 14 files, digest 5be0…c19',
  '\u001b[1mtofu init\u001b[0m providers from the mirror: hashicorp/local 2.5.1',
  'state read, serial 11, 6 resources',
  'aws_s3_bucket.assets: \u001b[32mCreating...\u001b[0m',
  'aws_db_instance.main: \u001b[33mModifying...\u001b[0m [id=shop-demo-db]',
  'aws_s3_bucket.assets: \u001b[32mCreation complete after 2s\u001b[0m [id=shop-demo-assets]',
  'aws_db_instance.main: Still modifying... [id=shop-demo-db, 10s elapsed, and a rather long tail so that this line must be scrolled or wrapped to be read to its very end]',
];

/** What such an operation wrote. */
export function logOf(operation: Operation, now: number): LogLine[] {
  const isLong = operation.kind === 'update' && operation.state === 'running';
  const count = isLong ? 100_000 : 60;
  const lines = Array.from({ length: count }, (_, index) =>
    aLogLine({
      id: String(index + 1),
      time: iso(now, -2 * MINUTE + index),
      component: 'database',
      text: LOG_TEXTS[index % LOG_TEXTS.length],
    }),
  );
  lines.splice(
    30,
    1,
    aLogLine({
      id: 'left-out',
      stream: 'greenroom',
      component: 'database',
      text: '… 12,345 lines in the middle are left out: a step keeps its first and last 4 MiB …',
    }),
  );
  if (operation.state !== 'failed') return lines;
  const detail = operation.problem?.detail?.split('\n') ?? [];
  return [
    ...lines,
    ...detail.map((text, index) =>
      aLogLine({
        id: `e${index}`,
        level: 'error',
        component: 'database',
        text,
      }),
    ),
  ];
}
