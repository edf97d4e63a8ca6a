import { anOperation, aStep } from '../testing/builders';
import { cancelOutcome, moveLabel } from './words';

describe('moveLabel', () => {
  it('names the step that a retry goes on from', () => {
    const operation = anOperation({
      state: 'failed',
      steps: [
        aStep({ id: 'p', state: 'succeeded' }),
        aStep({
          id: 'a',
          component: 'database',
          action: 'apply',
          state: 'failed',
        }),
      ],
    });
    expect(moveLabel('retry', operation)).toBe('Retry from apply database');
  });

  it('names the moment that a rollback goes to', () => {
    expect(moveLabel('rollback', anOperation(), '14:10')).toBe(
      'Roll back to 14:10',
    );
  });
});

describe('cancelOutcome', () => {
  it('says that nothing was changed while there are only plans', () => {
    expect(
      cancelOutcome(anOperation({ steps: [aStep({ state: 'running' })] })),
    ).toEqual(['Nothing has been changed yet, and nothing will be.']);
  });

  it('tells apart what was done, what is interrupted and what never begins', () => {
    const apply = { action: 'apply' as const };
    expect(
      cancelOutcome(
        anOperation({
          kind: 'update',
          steps: [
            aStep({
              ...apply,
              id: '1',
              component: 'cache',
              state: 'succeeded',
            }),
            aStep({ ...apply, id: '2', component: 'db', state: 'running' }),
            aStep({ ...apply, id: '3', component: 'app', state: 'waiting' }),
          ],
        }),
      ),
    ).toEqual([
      'cache was updated: as planned, and is kept.',
      'Update is at apply db: it is interrupted, and what it has made by then is kept and recorded.',
      'Not begun any more: apply app.',
    ]);
  });
});
