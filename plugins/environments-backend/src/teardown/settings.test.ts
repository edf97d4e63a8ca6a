import { mockServices } from '@backstage/backend-test-utils';
import { readTeardownSettings } from './settings';

const read = (teardown?: object) =>
  readTeardownSettings(
    mockServices.rootConfig({ data: { environments: { teardown } } }),
  );

describe('the settings of teardowns', () => {
  it('tell the owner after the third failure unless they say otherwise', () => {
    expect(read()).toEqual({ escalateAfter: 3, operators: [] });
    expect(
      read({
        escalateAfter: 1,
        operators: ['group:platform', 'User:Default/Jo'],
      }),
    ).toEqual({
      escalateAfter: 1,
      operators: ['group:default/platform', 'user:default/jo'],
    });
  });

  it('are refused where nobody could be told', () => {
    expect(() => read({ escalateAfter: 0 })).toThrow('at least 1');
    expect(() => read({ escalateAfter: 1.5 })).toThrow(
      'environments.teardown.escalateAfter is 1.5',
    );
    expect(() => read({ operators: ['platform'] })).toThrow(
      'environments.teardown.operators holds "platform"',
    );
  });
});
