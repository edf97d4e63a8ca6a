import { failureOf } from './failureWords';
import { StepRecord } from '../types';

const step = (
  component: string,
  action: StepRecord['action'],
  state: StepRecord['state'],
  message?: string,
): StepRecord => ({
  id: `${action} ${component}`,
  position: 0,
  component,
  action,
  state,
  attempt: state === 'skipped' || state === 'unchanged' ? 0 : 1,
  after: [],
  ...(message && { problem: { code: 'x', component, message } }),
});

describe('why an operation failed', () => {
  it('is the first cause, then what was changed and what was not, then what can be done', () => {
    const steps = [
      step('network', 'plan', 'succeeded'),
      step('network', 'apply', 'succeeded'),
      step('database', 'plan', 'succeeded'),
      step('database', 'apply', 'failed', 'No room'),
      step('app', 'plan', 'skipped'),
      step('app', 'apply', 'skipped'),
      step('docs', 'plan', 'failed', 'No source'),
      step('docs', 'apply', 'skipped'),
    ];
    expect(failureOf('update', steps)).toEqual({
      code: 'x',
      component: 'database',
      message: 'No room',
      remedy:
        'Failed as well: docs. Changed: network. Changed in part, perhaps: database. Not changed: app, docs. Then retry from the failed step, go back to an earlier operation, or destroy the environment.',
    });
  });

  it('of a create offers no earlier operation, and of a destroy no other move', () => {
    const steps = [step('a', 'apply', 'failed', 'No')];
    expect(failureOf('create', steps)?.remedy).toBe(
      'Changed in part, perhaps: a. Then retry from the failed step, or destroy the environment.',
    );
    expect(
      failureOf('destroy', [step('a', 'destroy', 'failed', 'No')])?.remedy,
    ).toBe('Changed in part, perhaps: a.');
  });

  it('is nothing where no step failed', () => {
    expect(failureOf('update', [step('a', 'apply', 'cancelled')])).toBe(
      undefined,
    );
  });
});
