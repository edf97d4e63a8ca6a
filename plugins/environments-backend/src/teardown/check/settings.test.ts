import { mockServices } from '@backstage/backend-test-utils';
import { readCheckBeforeSeconds } from './settings';

const read = (checkTeardownBefore?: string) =>
  readCheckBeforeSeconds(
    mockServices.rootConfig({
      data: { environments: { leases: { checkTeardownBefore } } },
    }),
  );

describe('when teardowns are checked', () => {
  it('is a day before, unless the configuration says otherwise', () => {
    expect(read()).toBe(86_400);
    expect(read('90m')).toBe(5400);
  });

  it('refuses what is no duration, and says where it stands', () => {
    expect(() => read('soon')).toThrow(
      'environments.leases.checkTeardownBefore is "soon"',
    );
  });
});
