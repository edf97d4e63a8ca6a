import { BlueprintVersionStatus } from '@greenroom/plugin-environments-common';
import { newestVersion, recommendedVersion } from './versions';

const version = (text: string) => {
  const [number, status] = text.split(' ');
  return { version: number, status: status as BlueprintVersionStatus };
};
const versions = [
  '1.9.0 published',
  '1.10.0 published',
  '1.11.0 deprecated',
  '1.12.0 draft',
  '1.13.0 rejected',
  '2.0.0-rc.1 published',
].map(version);

describe('the version that is recommended', () => {
  it('is the highest that is published and no prerelease', () => {
    expect(recommendedVersion(versions)).toBe('1.10.0');
    expect(recommendedVersion([])).toBeUndefined();
    expect(recommendedVersion([version('1.0.0 retired')])).toBeUndefined();
  });

  it('is the chosen one while that is published, a prerelease too', () => {
    expect(recommendedVersion(versions, '1.9.0')).toBe('1.9.0');
    expect(recommendedVersion(versions, '2.0.0-rc.1')).toBe('2.0.0-rc.1');
    expect(recommendedVersion(versions, '1.11.0')).toBe('1.10.0');
    expect(recommendedVersion(versions, '1.12.0')).toBe('1.10.0');
  });

  it('need not be the newest, whose words the blueprint has', () => {
    expect(newestVersion(versions)).toBe('1.11.0');
  });
});
