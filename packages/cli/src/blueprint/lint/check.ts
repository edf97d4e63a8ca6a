import { dirname, join } from 'node:path';
import {
  ParsedBlueprint,
  Problem,
} from '@greenroom/plugin-environments-common';
import { BlueprintFile } from '../readBlueprint';
import { readSources } from '../sourceFiles';
import { checkModules, ModuleChecks } from './modules';

/** What is known of one blueprint. */
export interface LintedFile {
  file: string;
  /** Name and version; absent while the document is not right. */
  blueprint?: { name: string; version: string };
  /** Places name files as the caller would. */
  problems: Problem[];
  /** What was left out, and why. */
  unchecked: string[];
}

/** Everything that can be known to be wrong without a portal. */
export async function checkFile(
  { path, parsed }: BlueprintFile,
  checks: ModuleChecks,
): Promise<LintedFile> {
  const { document, problems, placeOf } = parsed;
  if (!document) {
    const unchecked = ['The sources: the document has to be right first.'];
    return { file: path, problems, unchecked };
  }
  const folder = dirname(path);
  const sources = await readSources(folder, document, placeOf);
  const modules = await checkModules(document, sources.files, {
    ...checks,
    placeOf,
  });
  const all = [...sources.problems, ...modules.problems];
  const inDocument = all.filter(({ place }) => place?.file === path);
  const inSources = all.filter(problem => !inDocument.includes(problem));
  return {
    file: path,
    blueprint: { name: document.metadata.name, version: document.spec.version },
    problems: [
      ...inDocument,
      ...inSources.map(problem => placed(problem, folder, placeOf)),
    ],
    unchecked: modules.unchecked,
  };
}

/** Names a file of the sources as the caller would; without one, points at the component. */
function placed(
  problem: Problem,
  folder: string,
  placeOf: ParsedBlueprint['placeOf'],
): Problem {
  const { place, component } = problem;
  if (place)
    return { ...problem, place: { ...place, file: join(folder, place.file) } };
  return {
    ...problem,
    place: placeOf(['spec', 'components', ...(component ? [component] : [])]),
  };
}
