import { BLUEPRINT_VERSION_STATUSES } from './blueprintTypes';
import { mayMoveVersion } from './versionMoves';

it('allows exactly these moves of a version', () => {
  const allowed = BLUEPRINT_VERSION_STATUSES.flatMap(from =>
    BLUEPRINT_VERSION_STATUSES.filter(to => mayMoveVersion(from, to)).map(
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
