import { BLUEPRINT_VERSION_STATUSES } from '@greenroom/plugin-environments-common';
import { isReleased, mayMove } from './lifecycle';

describe('the life of a version', () => {
  it('allows exactly these moves', () => {
    const allowed = BLUEPRINT_VERSION_STATUSES.flatMap(from =>
      BLUEPRINT_VERSION_STATUSES.filter(to => mayMove(from, to)).map(
        to => `${from} → ${to}`,
      ),
    );
    expect(allowed).toEqual([
      'draft → published',
      'published → deprecated',
      'published → retired',
      'deprecated → published',
      'deprecated → deprecated',
      'deprecated → retired',
      'retired → published',
      'retired → deprecated',
      'retired → retired',
    ]);
  });

  it('never leads from what was published back to what may change', () => {
    for (const from of BLUEPRINT_VERSION_STATUSES.filter(isReleased)) {
      const changing = BLUEPRINT_VERSION_STATUSES.filter(
        to => mayMove(from, to) && !isReleased(to),
      );
      expect(changing).toEqual([]);
    }
  });
});
