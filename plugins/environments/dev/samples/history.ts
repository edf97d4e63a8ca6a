import { Operation } from '@greenroom/plugin-environments-common';
import {
  anOperation,
  aStep,
  DAY,
  HOUR,
  iso,
  MINUTE,
} from '../../src/testing/builders';
import { componentsIn } from './components';

/** What else was done to an environment: an operation of every state. */
export function historyOf(
  environmentId: string,
  environmentName: string,
  now: number,
): Operation[] {
  const at = (offset: number) => iso(now, offset);
  const one = (number: number, part: Partial<Operation>) =>
    anOperation(
      {
        id: `${environmentId}-${number}`,
        environmentId,
        environmentName,
        number,
        kind: 'update',
        plan: { add: 2, change: 1, remove: 0 },
        requestedAt: at(-DAY + number * HOUR),
        startedAt: at(-DAY + number * HOUR + 2000),
        finishedAt: at(-DAY + number * HOUR + 44_000),
        components: componentsIn('running'),
        ...part,
      },
      now,
    );
  const steps = (states: ('succeeded' | 'cancelled' | 'skipped')[]) =>
    states.map((state, index) =>
      aStep({
        id: `${index}`,
        component: ['database', 'cache', 'app'][index],
        action: 'apply',
        state,
        startedAt: state === 'skipped' ? undefined : at(-DAY + 6 * HOUR),
        finishedAt:
          state === 'skipped' ? undefined : at(-DAY + 6 * HOUR + 30_000),
      }),
    );
  return [
    one(3, {
      kind: 'upgrade',
      cause: {
        code: 'retry',
        message: 'tries operation 2 again',
        operationId: `${environmentId}-2`,
      },
    }),
    one(4, { dryRun: true }),
    one(5, {
      kind: 'pause',
      state: 'cancelled',
      cancel: {
        by: 'user:default/jon',
        at: at(-DAY + 6 * HOUR + 20_000),
        reason: 'It was the wrong environment',
      },
      steps: steps(['succeeded', 'cancelled', 'skipped']),
    }),
    one(6, {
      state: 'waiting',
      plan: { add: 3, change: 1, remove: 1 },
      requestedAt: at(-4 * MINUTE),
      startedAt: at(-4 * MINUTE),
      finishedAt: undefined,
      confirmation: { planHash: 'sha256:9f3c71e2', until: at(20 * HOUR) },
      steps: [
        aStep({
          id: '1',
          component: 'database',
          state: 'succeeded',
          plan: { add: 3, change: 1, remove: 1 },
          startedAt: at(-4 * MINUTE),
          finishedAt: at(-4 * MINUTE + 9000),
        }),
        aStep({ id: '2', component: 'cache', state: 'unchanged' }),
        aStep({
          id: '3',
          component: 'app',
          state: 'succeeded',
          deferredBy: ['database'],
          startedAt: at(-4 * MINUTE + 2000),
          finishedAt: at(-4 * MINUTE + 5000),
        }),
        aStep({
          id: '4',
          component: 'database',
          action: 'apply',
          after: ['1'],
        }),
        aStep({ id: '5', component: 'app', action: 'apply', after: ['4'] }),
      ],
    }),
    one(7, {
      kind: 'pause',
      state: 'pending',
      plan: undefined,
      steps: [],
      requestedAt: at(-2 * MINUTE),
      startedAt: undefined,
      finishedAt: undefined,
      behind: { id: `${environmentId}-6`, number: 6, kind: 'update' },
    }),
  ];
}
