import { sizeText } from './sizeText';

it.each([
  [812, '812 B'],
  [14_541, '14.2 KiB'],
  [3 * 1024 * 1024, '3 MiB'],
])('writes %d bytes as %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
