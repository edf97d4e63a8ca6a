import {
  Step,
  StepAction,
  StepState,
} from '@greenroom/plugin-environments-common';
import { changesOf } from './changes';
import { operationAnswer, placeText } from './words';

const step = (
  component: string,
  action: StepAction,
  state: StepState,
): Step => ({
  id: `${action} ${component}`,
  component,
  action,
  state,
  attempt: 1,
  after: [],
});

describe('operationAnswer', () => {
  it('names the step that runs and how many there are', () => {
    expect(
      operationAnswer({
        kind: 'create',
        dryRun: false,
        state: 'running',
        steps: [
          step('database', 'plan', 'succeeded'),
          step('database', 'apply', 'running'),
        ],
      }),
    ).toBe('Applying database, step 2 of 2.');
  });

  it('says what a destroy proved', () => {
    expect(
      operationAnswer({
        kind: 'destroy',
        dryRun: false,
        state: 'succeeded',
        steps: [],
      }),
    ).toBe('Everything was destroyed, and nothing is left.');
  });
});

describe('operationAnswer of what ended early', () => {
  const early = (steps: Step[], dryRun = false) =>
    operationAnswer({ kind: 'update', dryRun, state: 'cancelled', steps });

  it('says whether a cancelled one had changed anything', () => {
    expect(
      early([
        step('app', 'plan', 'succeeded'),
        step('app', 'apply', 'skipped'),
      ]),
    ).toBe('It was cancelled before it changed anything.');
    expect(early([step('app', 'apply', 'cancelled')])).toBe(
      'It was cancelled: what had been changed by then is kept.',
    );
  });

  it('says of a dry run what it would change', () => {
    expect(
      operationAnswer({
        kind: 'update',
        dryRun: true,
        state: 'succeeded',
        steps: [],
        plan: { add: 2, change: 1, remove: 0 },
      }),
    ).toBe(
      'A dry run, nothing was changed: 2 to add, 1 to change, none to remove.',
    );
  });
});

describe('changesOf', () => {
  it('tells apart what was made, what was begun and what was not touched', () => {
    expect(
      changesOf({
        kind: 'create',
        steps: [
          {
            ...step('cache', 'plan', 'succeeded'),
            plan: { add: 3, change: 0, remove: 0 },
          },
          step('cache', 'apply', 'succeeded'),
          step('database', 'plan', 'succeeded'),
          step('database', 'apply', 'failed'),
          step('app', 'plan', 'skipped'),
          step('app', 'apply', 'skipped'),
          step('worker', 'plan', 'failed'),
        ],
      }),
    ).toEqual([
      {
        component: 'cache',
        done: true,
        text: 'was made: +3 ~0 −0, and is kept',
      },
      {
        component: 'database',
        done: false,
        text: 'was begun: what was made of it is kept, and listed under its resources',
      },
      { component: 'app', done: false, text: 'was not touched' },
      {
        component: 'worker',
        done: false,
        text: 'was only planned, nothing changed',
      },
    ]);
  });
});

describe('placeText', () => {
  it('names the line where it is known', () => {
    expect(placeText({ file: 'database/main.tf', line: 14 })).toBe(
      'database/main.tf, line 14',
    );
    expect(placeText({ file: 'blueprint.yaml' })).toBe('blueprint.yaml');
  });
});
