import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeWebFonts, withoutWebFonts } from './webFonts';

const OWN = '<link rel="stylesheet" href="assets/main.css">';
const WEB = [
  '<link rel="preconnect" href="https://fonts.gstatic.com" crossorigin>',
  '<link rel="stylesheet" href="https://fonts.googleapis.com/css?family=Roboto&display=fallback">',
].join('\n');

describe('links to web fonts', () => {
  it('go, and other styles stay', () => {
    expect(withoutWebFonts(`${WEB}${OWN}`).trim()).toBe(OWN);
  });

  it('go from pages at every depth', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'web-fonts-'));
    try {
      const page = join(folder, 'deep', 'index.html');
      await mkdir(join(folder, 'deep'));
      await writeFile(page, `<head>${WEB}${OWN}</head>`);
      await removeWebFonts(folder);
      expect(await readFile(page, 'utf8')).toBe(`<head>\n${OWN}</head>`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
