import { Blueprint } from '@greenroom/plugin-environments-common';
import { aBlueprint } from '../../testing/builders';
import { recommendedAfter } from './moves';
import { consequences } from './words';

const listed = (
  version: string,
  status: Blueprint['versionList'][number]['status'],
  environments = 0,
) => ({
  version,
  status,
  environments,
  publishedBy: 'user:default/amir',
  problems: [],
});

const blueprint = (part: Partial<Blueprint> = {}): Blueprint => ({
  ...aBlueprint({ recommendedVersion: '1.2.0' }),
  versionList: [
    listed('2.0.0-rc.1', 'published'),
    listed('1.3.0', 'draft'),
    listed('1.2.0', 'published', 2),
    listed('1.1.0', 'published'),
  ],
  ...part,
});

describe('what is recommended after a move', () => {
  it('is the highest that is published and no prerelease', () => {
    expect(recommendedAfter('publish', '1.3.0', blueprint())).toBe('1.3.0');
    expect(recommendedAfter('retire', '1.2.0', blueprint())).toBe('1.1.0');
  });

  it('stays the chosen one until that is not published any more', () => {
    const chosen = blueprint({
      recommendedVersion: '1.1.0',
      recommendedOnPurpose: true,
    });
    expect(recommendedAfter('publish', '1.3.0', chosen)).toBe('1.1.0');
    expect(recommendedAfter('deprecate', '1.1.0', chosen)).toBe('1.2.0');
    expect(recommendedAfter('highest', '1.1.0', chosen)).toBe('1.2.0');
  });

  it('is nothing when nothing is left, which is said', () => {
    const last = blueprint({
      versionList: [listed('1.2.0', 'published', 1)],
    });
    expect(consequences('retire', last.versionList[0], last)).toEqual([
      'New environments of 1.2.0, and upgrades to it, are refused with your message.',
      'The one environment on it runs on, and can be updated, upgraded away from it and destroyed.',
      'No version is recommended then: nothing can be made of this blueprint without naming a version.',
    ]);
  });
});
