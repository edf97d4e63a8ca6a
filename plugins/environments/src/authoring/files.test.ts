import { pathProblem, readText, writeText } from './files';

describe('files of a blueprint', () => {
  it('keep their text on the way to base64 and back', () => {
    expect(writeText('über €')).toBe('w7xiZXIg4oKs');
    expect(readText(writeText('über €\n'))).toBe('über €\n');
  });

  it('have no text when they hold none', () => {
    expect(readText('/9j/4AAQ')).toBeUndefined();
    expect(readText(btoa('a\0b'))).toBeUndefined();
  });

  it.each([
    ['', 'The path is empty.'],
    ['../a', 'The path leads out of the folder.'],
    ['blueprint.yaml', 'There is a file of this name already.'],
    ['site/main.tf', 'There is a file of this name already.'],
    ['site', 'It is a folder: site/main.tf stands in it.'],
    ['site/main.tf/x', 'site/main.tf is a file, not a folder.'],
    ['site/other.tf', undefined],
  ])('may be called %j: %j', (path, problem) => {
    expect(pathProblem(path, { 'site/main.tf': '' })).toBe(problem);
  });
});
