import { newestFitting } from './constraint';

const VERSIONS = [
  '0.9.0',
  '1.2.0',
  '1.2.3',
  '1.10.0',
  '2.0.0-rc.1',
  '2.0.0',
  '3.0.0-rc.1',
  'v9',
];

describe('the newest version that fits a constraint', () => {
  it.each([
    [undefined, '2.0.0'],
    ['1.2.0', '1.2.0'],
    ['= 1.2.0', '1.2.0'],
    ['~> 1.2', '1.10.0'],
    ['~> 1.2.0', '1.2.3'],
    ['~> 1', '2.0.0'],
    ['>= 1.2, < 2.0', '1.10.0'],
    ['>= 1.2, != 2.0.0', '1.10.0'],
    ['> 2', undefined],
    ['<= 1.2', '1.2.0'],
    ['3.0.0-rc.1', '3.0.0-rc.1'],
    ['~> 9.0', undefined],
    ['', 'invalid'],
    ['newest', 'invalid'],
    ['>= 1.2 < 2.0', 'invalid'],
  ])('%s is %s', (constraint, version) => {
    expect(newestFitting(VERSIONS, constraint)).toBe(version);
  });
});
