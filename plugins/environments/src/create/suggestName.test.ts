import { suggestName } from './suggestName';

it('suggests a name of the blueprint and the person', () => {
  expect(suggestName('site-sandbox', 'user:default/mira')).toBe(
    'site-sandbox-mira',
  );
});

it('keeps to what names may hold', () => {
  expect(suggestName('a'.repeat(38), 'user:x/Jörg.K')).toBe(
    `${'a'.repeat(38)}-j`,
  );
});
