import { ENVIRONMENT_STATES } from '@greenroom/plugin-environments-common';
import { environmentStateView, OPERATION_VIEWS } from './states';

describe('environmentStateView', () => {
  it('colours nothing but what needs a look', () => {
    const loud = ENVIRONMENT_STATES.filter(state =>
      ['warning', 'danger'].includes(environmentStateView(state).tone),
    );
    expect(loud).toEqual(['degraded', 'failed']);
  });

  it('calls a running environment expiring after its last warning', () => {
    expect(environmentStateView('running', true)).toEqual({
      word: 'Expiring',
      shape: 'hourglass',
      tone: 'warning',
    });
  });

  it('keeps the word of what happens to an environment near its end', () => {
    expect(environmentStateView('destroying', true).word).toBe('Destroying');
    expect(environmentStateView('failed', true).word).toBe('Failed');
  });
});

describe('operation states', () => {
  it('differ by word and by shape', () => {
    const views = Object.values(OPERATION_VIEWS);
    expect(new Set(views.map(({ word }) => word)).size).toBe(views.length);
    expect(new Set(views.map(({ shape }) => shape)).size).toBe(views.length);
  });
});
