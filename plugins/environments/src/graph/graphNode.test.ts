import {
  EnvironmentComponent,
  Step,
} from '@greenroom/plugin-environments-common';
import { aStep } from '../testing/builders';
import { progressOf } from './graphNode';

const component: EnvironmentComponent = {
  id: 'site',
  driver: 'terraform',
  state: 'ready',
  resources: 1,
  uses: [],
};

const word = (...steps: Partial<Step>[]) =>
  progressOf([component], steps.map(aStep))[0].view?.word;

describe('progressOf', () => {
  it('follows a component through its steps', () => {
    const plan = { action: 'plan' as const };
    const apply = { action: 'apply' as const };
    expect(
      word({ ...plan, state: 'waiting' }, { ...apply, state: 'waiting' }),
    ).toBe('Waiting');
    expect(
      word({ ...plan, state: 'succeeded' }, { ...apply, state: 'waiting' }),
    ).toBe('Planned');
    expect(
      word({ ...plan, state: 'succeeded' }, { ...apply, state: 'running' }),
    ).toBe('Applying');
    expect(
      word({ ...plan, state: 'succeeded' }, { ...apply, state: 'failed' }),
    ).toBe('Failed');
    expect(
      word({ ...plan, state: 'unchanged' }, { ...apply, state: 'unchanged' }),
    ).toBe('No change');
    expect(
      word({ ...plan, state: 'succeeded' }, { ...apply, state: 'succeeded' }),
    ).toBe('Done');
  });

  it('has planned nothing while the plan is put off', () => {
    expect(
      word(
        { action: 'plan', state: 'succeeded', deferredBy: ['database'] },
        { action: 'apply', state: 'waiting' },
      ),
    ).toBe('Waiting');
  });

  it('says what a dry run came to', () => {
    expect(word({ action: 'plan', state: 'succeeded' })).toBe('Planned');
  });

  it('keeps the state of a component that the operation leaves alone', () => {
    expect(word()).toBe('Ready');
  });
});
