import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hclTokens } from './hclTokens';
import { objectsIn, propertyOf } from './jsonBlocks';
import { readModule } from './variables';

/**
 * Names of the outputs that the root module in a folder declares, sorted. Broken files give what
 * they give: the tool says what is wrong.
 *
 * @public
 */
export async function readOutputs(folder: string): Promise<string[]> {
  const { files } = await readModule(folder);
  const names = await Promise.all(
    files.map(async file => {
      const text = await readFile(join(folder, file), 'utf8');
      return file.endsWith('.json') ? jsonOutputs(text) : hclOutputs(text);
    }),
  );
  return [...new Set(names.flat())].sort();
}

function hclOutputs(text: string): string[] {
  const tokens = hclTokens(text);
  let depth = 0;
  return tokens.flatMap((token, index) => {
    if (token.kind === 'mark') {
      if ('{[('.includes(token.text)) depth++;
      else if ('}])'.includes(token.text)) depth--;
      return [];
    }
    const isOutput =
      depth === 0 &&
      token.kind === 'word' &&
      token.text === 'output' &&
      tokens[index + 2]?.text === '{';
    return isOutput ? [tokens[index + 1].text] : [];
  });
}

function jsonOutputs(text: string): string[] {
  try {
    return objectsIn(propertyOf(JSON.parse(text), 'output')).flatMap(
      Object.keys,
    );
  } catch {
    return [];
  }
}
