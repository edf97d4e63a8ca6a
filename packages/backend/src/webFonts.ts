import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const WEB_FONT =
  /<link\b[^>]*\bhref="https:\/\/fonts\.(?:googleapis|gstatic)\.com\b[^"]*"[^>]*>/g;

/** A page without its links to fonts on other servers; the portal's own fonts take their place. */
export function withoutWebFonts(html: string): string {
  return html.replace(WEB_FONT, '');
}

/**
 * Takes the links to web fonts out of all pages below a folder. The theme of TechDocs puts them
 * in, its reader waits for them for ever where they can't be reached, and elsewhere they tell a
 * third party who reads what. TechDocs drops the theme's own setting against them.
 */
export async function removeWebFonts(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true });
  for (const page of entries.filter(name => name.endsWith('.html'))) {
    const file = join(folder, page);
    await writeFile(file, withoutWebFonts(await readFile(file, 'utf8')));
  }
}
