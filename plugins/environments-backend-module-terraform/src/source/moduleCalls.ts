import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TerraformTool } from '@greenroom/plugin-terraform-node';
import { HclToken, hclTokens } from './hclTokens';
import { objectsIn, propertyOf } from './jsonBlocks';

type Product = TerraformTool['product'];

/** One `module` block. */
export interface ModuleCall {
  name: string;
  /** Undefined when it is absent, or no plain text. */
  source?: string;
  /** A constraint; undefined when it is absent, or no plain text. */
  version?: string;
  file: string;
  /** Unknown in the JSON syntax. */
  line?: number;
}

/**
 * The modules that the module in a folder calls, as the tool reads them: overrides applied. What
 * is missed here can only be missing later, since the tool itself may fetch nothing.
 */
export async function readModuleCalls(
  folder: string,
  product: Product,
): Promise<ModuleCall[]> {
  const calls = new Map<string, ModuleCall>();
  for (const file of await configurationFiles(folder, product)) {
    const text = await readFile(join(folder, file), 'utf8');
    const found = file.endsWith('.json')
      ? jsonModuleCalls(file, text)
      : hclModuleCalls(file, text);
    for (const { source, version, ...call } of found) {
      const known = calls.get(call.name);
      calls.set(call.name, {
        ...call,
        ...known,
        source: source ?? known?.source,
        version: version ?? known?.version,
      });
    }
  }
  return [...calls.values()];
}

const IS_OVERRIDE = /(^|_)override\.(tf|tofu)(\.json)?$/;

/** In the order in which the tool reads them: overrides last, each by name. */
async function configurationFiles(
  folder: string,
  product: Product,
): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter(entry => entry.isFile() && !/^\.|~$|^#.*#$/.test(entry.name))
    .map(({ name }) => name)
    .filter(name => /\.(tf|tofu)(\.json)?$/.test(name));
  const own = names.filter(name =>
    product === 'OpenTofu'
      ? // A .tofu file stands in for the .tf file of its name.
        !names.includes(name.replace(/\.tf(\.json)?$/, '.tofu$1')) ||
        /\.tofu(\.json)?$/.test(name)
      : /\.tf(\.json)?$/.test(name),
  );
  const [usual, overrides] = [false, true].map(wanted =>
    own.filter(name => IS_OVERRIDE.test(name) === wanted).sort(),
  );
  return [...usual, ...overrides];
}

export function hclModuleCalls(file: string, text: string): ModuleCall[] {
  const tokens = hclTokens(text);
  const calls: ModuleCall[] = [];
  let current: ModuleCall | undefined;
  let depth = 0;
  // Not the word `module` as another block's label.
  const isModule = (index: number) =>
    tokens[index].text === 'module' &&
    tokens[index + 2]?.text === '{' &&
    (index === 0 ||
      tokens[index - 1].text === '}' ||
      tokens[index - 1].line < tokens[index].line);
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    if (token.kind === 'mark') {
      if ('{[('.includes(token.text)) depth++;
      else if ('}])'.includes(token.text)) depth--;
      if (depth === 0) current = undefined;
    } else if (depth === 0 && token.kind === 'word' && isModule(index)) {
      current = { name: next.text, file, line: token.line };
      calls.push(current);
    } else if (depth === 1 && current && next?.text === '=') {
      if (token.text === 'source' || token.text === 'version') {
        current[token.text] = literal(tokens, index + 2);
      }
    }
  });
  return calls;
}

/** The value of an attribute that is one plain text and nothing more. */
function literal(tokens: HclToken[], index: number): string | undefined {
  const [value, after] = tokens.slice(index, index + 2);
  if (value?.kind !== 'string' || value.text.startsWith('<<')) return undefined;
  const ends = !after || after.text === '}' || after.line > value.line;
  return ends ? plainText(value.text) : undefined;
}

/** A quoted text without its escapes; undefined when there are expressions in it. */
function plainText(written: string): string | undefined {
  if (/[$%]\{/.test(written)) return undefined;
  try {
    return JSON.parse(`"${written}"`);
  } catch {
    return undefined;
  }
}

function jsonModuleCalls(file: string, text: string): ModuleCall[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return [];
  }
  return objectsIn(propertyOf(document, 'module')).flatMap(block =>
    Object.entries(block).map(([name, body]) => {
      const { source, version } = objectsIn(body)[0] ?? {};
      return {
        name,
        file,
        source: jsonText(source),
        version: jsonText(version),
      };
    }),
  );
}

/** In the JSON syntax too, `${` begins an expression. */
function jsonText(value: unknown): string | undefined {
  return typeof value === 'string' && !/[$%]\{/.test(value) ? value : undefined;
}
