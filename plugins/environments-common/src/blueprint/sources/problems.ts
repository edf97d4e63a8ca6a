import { Problem } from '../../problem';
import { BlueprintDocument } from '../document';
import { componentGraph } from '../graph';
import { ParsedBlueprint } from '../parse';
import { pathMistake, SNAPSHOT_LIMITS, sourceFolder } from './files';

/** A file beside a blueprint; of its content only the size matters here. */
export interface SourceFile {
  /** Relative to the document. */
  path: string;
  content: { readonly length: number };
}

/** Of each component whose source is to lie beside the document, and that no file lies in. */
export function missingSources(
  document: BlueprintDocument,
  placeOf: ParsedBlueprint['placeOf'],
  files: SourceFile[],
): Problem[] {
  return componentGraph(document).flatMap(({ id, source }): Problem[] => {
    const folder = sourceFolder(source);
    if (folder === undefined) return [];
    if (files.some(({ path }) => isBelow(path, folder))) return [];
    return [
      {
        code: 'blueprint.source.missing',
        message: `The source "${source}" of component "${id}" is not there, or is empty.`,
        place: placeOf(['spec', 'components', id, 'source']),
        component: id,
        remedy: `Put the component's files into ${folder || 'the folder'} beside the blueprint's file, or mend the path.`,
      },
    ];
  });
}

/** Whether a file lies in a folder, or anywhere below it; `''` holds everything. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

/** Everything that keeps files from becoming a snapshot. */
export function snapshotProblems(files: SourceFile[]): Problem[] {
  const problems: Problem[] = [];
  const tell = (code: string, message: string, remedy: string, file?: string) =>
    problems.push({ code, message, remedy, ...(file && { place: { file } }) });

  for (const { path, content } of files) {
    const mistake = pathMistake(path);
    if (mistake) {
      const shown = JSON.stringify(path.slice(0, 100));
      tell(
        'blueprint.file.path',
        `The path ${shown} ${mistake}.`,
        'Name files relative to the blueprint, such as site/main.tf.',
      );
    } else if (content.length > SNAPSHOT_LIMITS.fileBytes) {
      tell(
        'blueprint.file.too-large',
        `${path} has ${megabytes(content.length)}; at most ${megabytes(SNAPSHOT_LIMITS.fileBytes)} are kept of a file.`,
        'Take it out, or let the module fetch it.',
        path,
      );
    }
  }
  if (files.length > SNAPSHOT_LIMITS.files) {
    tell(
      'blueprint.files.too-many',
      `The sources hold ${files.length} files; at most ${SNAPSHOT_LIMITS.files} are kept.`,
      'Keep only what the components need in their folders.',
    );
  }
  const size = files.reduce((sum, { content }) => sum + content.length, 0);
  if (size > SNAPSHOT_LIMITS.bytes) {
    tell(
      'blueprint.files.too-large',
      `The sources have ${megabytes(size)}; at most ${megabytes(SNAPSHOT_LIMITS.bytes)} are kept.`,
      'Keep only what the components need in their folders.',
    );
  }
  return problems;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
