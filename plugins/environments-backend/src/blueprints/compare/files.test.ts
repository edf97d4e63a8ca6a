import { compareFiles, DIFF_LIMITS, FilePair } from './files';

const file = (text: string | Buffer) => {
  const content = Buffer.from(text);
  return { size: content.length, content };
};

describe('a comparison of files', () => {
  it('tells by path what was added, removed and changed, each with its diff', () => {
    const pairs: FilePair[] = [
      { path: 'web/new.tf', after: file('a = 1\n') },
      { path: 'web/main.tf', before: file('a\nb\n'), after: file('a\nc\n') },
      { path: 'web/gone.tf', before: file('über\n') },
    ];
    expect(compareFiles(pairs)).toEqual([
      {
        path: 'web/gone.tf',
        change: 'removed',
        diff: '--- web/gone.tf\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-über\n',
      },
      {
        path: 'web/main.tf',
        change: 'changed',
        diff: '--- web/main.tf\n+++ web/main.tf\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n',
      },
      {
        path: 'web/new.tf',
        change: 'added',
        diff: '--- /dev/null\n+++ web/new.tf\n@@ -0,0 +1,1 @@\n+a = 1\n',
      },
    ]);
  });

  it.each([
    ['holds a NUL', Buffer.from('a\0b')],
    ['is no UTF-8', Buffer.from([0xff, 0xfe, 0x41])],
  ])('only names a file that %s', (_what, content) => {
    expect(
      compareFiles([
        { path: 'logo.png', before: file('text'), after: file(content) },
      ]),
    ).toEqual([{ path: 'logo.png', change: 'changed', omitted: 'binary' }]);
  });

  it('only names a file that is large, or whose sides have too little in common', () => {
    const lines = (prefix: string) =>
      Array.from({ length: DIFF_LIMITS.edits }, (_, i) => `${prefix}${i}\n`);
    expect(
      compareFiles([
        { path: 'large', before: { size: 1e7 }, after: file('x') },
        {
          path: 'other',
          before: file(lines('a').join('')),
          after: file(lines('b').join('')),
        },
      ]),
    ).toEqual([
      { path: 'large', change: 'changed', omitted: 'large' },
      { path: 'other', change: 'changed', omitted: 'large' },
    ]);
  });

  it('keeps the whole answer within its limit, and still names every file', () => {
    const content = file(`${'x'.repeat(DIFF_LIMITS.totalCharacters / 4)}\n`);
    const told = compareFiles(
      ['a', 'b', 'c', 'd', 'e'].map(path => ({ path, after: content })),
    );
    expect(told.map(({ omitted }) => omitted)).toEqual([
      undefined,
      undefined,
      undefined,
      'large',
      'large',
    ]);
  });
});
