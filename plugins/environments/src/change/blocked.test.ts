import { anOperation } from '../testing/builders';
import { blockedReason } from './blocked';

const allowed = { loading: false, allowed: true };
const environment = (state: 'running' | 'paused' | 'destroying') => ({
  name: 'shop-demo',
  state,
});

describe('blockedReason', () => {
  it('lets through what may begin', () => {
    expect(
      blockedReason(environment('running'), 'pause', allowed),
    ).toBeUndefined();
  });

  it('says what to do first', () => {
    expect(blockedReason(environment('paused'), 'update', allowed)).toBe(
      'It is paused: resume it first.',
    );
    expect(blockedReason(environment('running'), 'resume', allowed)).toBe(
      'It is not paused.',
    );
  });

  it('lets everything be queued behind what is under way, but for a destroy', () => {
    const activeOperation = anOperation({ kind: 'update', state: 'running' });
    expect(
      blockedReason(
        { ...environment('running'), activeOperation },
        'resume',
        allowed,
      ),
    ).toBeUndefined();
    expect(blockedReason(environment('destroying'), 'update', allowed)).toBe(
      'It is being destroyed.',
    );
  });

  it('says that the right to it is missing', () => {
    expect(
      blockedReason(environment('running'), 'adopt', {
        loading: false,
        allowed: false,
      }),
    ).toBe('You may not adopt this environment.');
  });
});
