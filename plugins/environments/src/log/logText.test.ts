import { LogLine } from '@greenroom/plugin-environments-common';
import { findLines, linesOf } from './logText';

const line = (part: Partial<LogLine>): LogLine => ({
  id: '1',
  time: '2026-11-19T10:00:00.000Z',
  component: 'site',
  action: 'apply',
  stream: 'stdout',
  level: 'info',
  text: '',
  ...part,
});

it('searches the words, not the colours between them', () => {
  const coloured = line({
    text: 'local_file.page: \u001b[32mCreating\u001b[0m…',
  });
  expect(findLines([line({}), coloured], 'page: creating')).toEqual([1]);
  expect(findLines([coloured], '32m')).toEqual([]);
  expect(findLines([coloured], '')).toEqual([]);
});

it('shows the lines of one component or one step alone', () => {
  const plan = line({ action: 'plan' });
  const apply = line({ action: 'apply' });
  const other = line({ component: 'app' });
  const all = [plan, apply, other];
  expect(
    linesOf(all, { component: 'site', action: 'plan', level: 'all' }),
  ).toEqual([plan]);
  expect(linesOf(all, { component: 'site', level: 'all' })).toEqual([
    plan,
    apply,
  ]);
  expect(linesOf(all, { level: 'all' })).toBe(all);
});

it('shows lines from a level on', () => {
  const warning = line({ level: 'warning' });
  const error = line({ level: 'error' });
  const all = [line({}), warning, error];
  expect(linesOf(all, { level: 'warning' })).toEqual([warning, error]);
  expect(linesOf(all, { level: 'error' })).toEqual([error]);
});
