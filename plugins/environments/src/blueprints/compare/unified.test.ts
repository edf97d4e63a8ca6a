import { countLines, readUnified } from './unified';

const DIFF = `--- site/main.tf
+++ site/main.tf
@@ -3,4 +3,5 @@
 resource "site" "main" {
-  size = "small"
-  old  = true
+  size = "large"
 }
+# ends
+# here
@@ -20,1 +21,1 @@
-last
+last line
\\ No newline at end of file
`;

describe('readUnified', () => {
  it('puts what came beside what went, and folds what is between', () => {
    const rows = readUnified(DIFF);
    expect(rows).toEqual([
      { kind: 'fold', lines: 2 },
      {
        kind: 'same',
        before: { number: 3, text: 'resource "site" "main" {' },
        after: { number: 3, text: 'resource "site" "main" {' },
      },
      {
        kind: 'changed',
        before: { number: 4, text: '  size = "small"' },
        after: { number: 4, text: '  size = "large"' },
      },
      { kind: 'changed', before: { number: 5, text: '  old  = true' } },
      {
        kind: 'same',
        before: { number: 6, text: '}' },
        after: { number: 5, text: '}' },
      },
      { kind: 'changed', after: { number: 6, text: '# ends' } },
      { kind: 'changed', after: { number: 7, text: '# here' } },
      { kind: 'fold', lines: 13 },
      {
        kind: 'changed',
        before: { number: 20, text: 'last' },
        after: { number: 21, text: 'last line' },
      },
    ]);
    expect(countLines(rows)).toEqual({ added: 4, removed: 3 });
  });

  it('reads a file that was not there before', () => {
    expect(
      readUnified('--- /dev/null\n+++ a.tf\n@@ -0,0 +1,2 @@\n+a\n+-- b\n'),
    ).toEqual([
      { kind: 'changed', after: { number: 1, text: 'a' } },
      { kind: 'changed', after: { number: 2, text: '-- b' } },
    ]);
  });
});
