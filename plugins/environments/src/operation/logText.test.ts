import { LogLine } from '@greenroom/plugin-environments-common';
import { linesOf, logFile, searchLines } from './logText';

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
  expect(searchLines([coloured], 'page: creating')).toEqual([coloured]);
  expect(searchLines([coloured], '32m')).toEqual([]);
});

it('shows the lines of one step alone', () => {
  const plan = line({ action: 'plan' });
  const apply = line({ action: 'apply' });
  expect(linesOf([plan, apply], { component: 'site', action: 'plan' })).toEqual(
    [plan],
  );
  expect(linesOf([plan, apply], undefined)).toEqual([plan, apply]);
});

it('writes a file with exact times and no colours', () => {
  expect(logFile([line({ text: '\u001b[1mdone\u001b[0m' })])).toBe(
    '2026-11-19T10:00:00.000Z apply site done\n',
  );
});
