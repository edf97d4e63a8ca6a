// The picture in ARCHITECTURE.md against the packages as they are: the same packages, the same
// dependencies between them. Prints what differs; exits with 1 when anything does.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** `@greenroom/plugin-environments-node` → `environments-node`; `app` stays `app`. */
const shortName = name => name.replace(/^@greenroom\/(plugin-)?/, '');

/** @returns {Set<string>} `a --> b` for each dependency of a workspace on another, development ones left out */
export function realEdges(manifests) {
  const names = new Set(manifests.map(manifest => manifest.name));
  return new Set(
    manifests.flatMap(({ name, dependencies = {} }) =>
      Object.keys(dependencies)
        .filter(dependency => names.has(dependency))
        .map(dependency => `${shortName(name)} --> ${shortName(dependency)}`),
    ),
  );
}

/** @returns {Set<string>} the edges of the first mermaid block */
export function drawnEdges(markdown) {
  const block = /```mermaid\n([\s\S]*?)```/.exec(markdown)?.[1] ?? '';
  return new Set(
    [...block.matchAll(/^\s*([\w-]+) --> ([\w-]+)\s*$/gm)].map(
      ([, from, to]) => `${from} --> ${to}`,
    ),
  );
}

/** @returns {string[]} one sentence for each difference */
export function differences(real, drawn) {
  return [
    ...[...real.difference(drawn)].map(
      edge => `ARCHITECTURE.md lacks the arrow "${edge}".`,
    ),
    ...[...drawn.difference(real)].map(
      edge =>
        `ARCHITECTURE.md draws "${edge}", which no package.json says any more.`,
    ),
  ].sort();
}

function readManifests() {
  return ['packages', 'plugins'].flatMap(folder =>
    readdirSync(join(root, folder)).map(name =>
      JSON.parse(readFileSync(join(root, folder, name, 'package.json'))),
    ),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = differences(
    realEdges(readManifests()),
    drawnEdges(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')),
  );
  problems.forEach(problem => console.error(problem));
  process.exitCode = problems.length > 0 ? 1 : 0;
}
