import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hclTokens } from './hclTokens';
import { objectsIn, propertyOf } from './jsonBlocks';

export interface DeclaredVariable {
  name: string;
  /** Without a default a value must come from somewhere. */
  required: boolean;
  /** The tool keeps its value out of what it says, and of outputs that are not sensitive. */
  sensitive: boolean;
  file: string;
  /** Unknown in the JSON syntax. */
  line?: number;
}

/** A root module as far as it can be known without starting the tool. */
export interface ModuleSource {
  /** Names of its configuration files, sorted. */
  files: string[];
  variables: DeclaredVariable[];
}

/** Reads the root module in a folder. Broken files give what they give: the tool says what is wrong. */
export async function readModule(folder: string): Promise<ModuleSource> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries
    .filter(entry => entry.isFile() && /\.(tf|tofu)(\.json)?$/.test(entry.name))
    .map(entry => entry.name)
    .sort();
  const variables = new Map<string, DeclaredVariable>();
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    const found = file.endsWith('.json')
      ? jsonVariables(file, text)
      : hclVariables(file, text);
    for (const variable of found) {
      const known = variables.get(variable.name);
      // A variable can stand twice: in an override, or in a .tofu file beside its .tf.
      variables.set(variable.name, {
        ...(known ?? variable),
        required: variable.required && (known?.required ?? true),
        sensitive: variable.sensitive || (known?.sensitive ?? false),
      });
    }
  }
  return { files, variables: [...variables.values()] };
}

export function hclVariables(file: string, text: string): DeclaredVariable[] {
  const tokens = hclTokens(text);
  const variables: DeclaredVariable[] = [];
  let current: DeclaredVariable | undefined;
  let depth = 0;
  tokens.forEach((token, index) => {
    if (token.kind === 'mark') {
      if ('{[('.includes(token.text)) depth++;
      else if ('}])'.includes(token.text)) depth--;
      if (depth === 0) current = undefined;
      return;
    }
    const next = tokens[index + 1];
    if (depth === 0 && token.kind === 'word' && token.text === 'variable') {
      if (!next || tokens[index + 2]?.text !== '{') return;
      current = {
        name: next.text,
        required: true,
        sensitive: false,
        file,
        line: token.line,
      };
      variables.push(current);
    } else if (
      depth === 1 &&
      current &&
      token.kind === 'word' &&
      next?.text === '='
    ) {
      if (token.text === 'default') current.required = false;
      if (token.text === 'sensitive') {
        current.sensitive = tokens[index + 2]?.text === 'true';
      }
    }
  });
  return variables;
}

function jsonVariables(file: string, text: string): DeclaredVariable[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return [];
  }
  return objectsIn(propertyOf(document, 'variable')).flatMap(block =>
    Object.entries(block).map(([name, body]) => ({
      name,
      required: !objectsIn(body).some(object => 'default' in object),
      sensitive: objectsIn(body).some(object => object.sensitive === true),
      file,
    })),
  );
}
