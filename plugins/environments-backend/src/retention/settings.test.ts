import { mockServices } from '@backstage/backend-test-utils';
import { readRetentionSettings } from './settings';

describe('how long things are kept', () => {
  const read = (retention?: object) =>
    readRetentionSettings(
      mockServices.rootConfig({ data: { environments: { retention } } }),
    );

  it('is said by defaults, and by configuration', () => {
    expect(read()).toEqual({
      logsSeconds: 90 * 86_400,
      destroyedStatesSeconds: 90 * 86_400,
      stateVersions: 200,
    });
    expect(
      read({ logs: '12h', destroyedStates: '7d', stateVersions: 1 }),
    ).toEqual({
      logsSeconds: 12 * 3600,
      destroyedStatesSeconds: 7 * 86_400,
      stateVersions: 1,
    });
  });

  it.each([
    [{ logs: 'forever' }, 'environments.retention.logs is "forever"'],
    [{ destroyedStates: '0d' }, 'environments.retention.destroyedStates'],
    [{ stateVersions: 0 }, 'environments.retention.stateVersions is 0'],
    [{ stateVersions: 1.5 }, 'at least 1'],
  ])('is refused as %p', (retention, message) => {
    expect(() => read(retention)).toThrow(message);
  });
});
