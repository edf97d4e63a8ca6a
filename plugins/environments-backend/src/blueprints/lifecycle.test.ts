import {
  BLUEPRINT_VERSION_STATUSES,
  mayMoveVersion,
} from '@greenroom/plugin-environments-common';
import { isReleased } from './lifecycle';

it('never leads from what was published back to what may change', () => {
  for (const from of BLUEPRINT_VERSION_STATUSES.filter(isReleased)) {
    const changing = BLUEPRINT_VERSION_STATUSES.filter(
      to => mayMoveVersion(from, to) && !isReleased(to),
    );
    expect(changing).toEqual([]);
  }
});
