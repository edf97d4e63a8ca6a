import {
  BlueprintDocument,
  JsonValue,
  missingSources,
  parseBlueprint,
  Problem,
  snapshotProblems,
} from '@greenroom/plugin-environments-common';
import { DOCUMENT, Files } from './files';

/** What is known of a blueprint without asking the portal. */
export interface Check {
  /** Absent when something is wrong with it. */
  document?: BlueprintDocument;
  /** What it holds, right or wrong; absent while it is no YAML. */
  value?: JsonValue;
  problems: Problem[];
}

/** Everything that the portal would refuse before it looks into the sources. */
export function checkText(text: string, files: Files): Check {
  const { document, value, problems, placeOf } = parseBlueprint(text, {
    file: DOCUMENT,
  });
  const sizes = Object.entries(files).map(([path, content]) => ({
    path,
    content: { length: Math.floor((content.length * 3) / 4) },
  }));
  return {
    document,
    value,
    problems: [
      ...problems,
      ...(document ? missingSources(document, placeOf, sizes) : []),
      ...snapshotProblems(sizes),
    ],
  };
}

/** The problems that stand in one file; those that stand nowhere belong to the document. */
export function problemsIn(file: string, problems: Problem[]): Problem[] {
  return problems.filter(({ place }) => (place?.file ?? DOCUMENT) === file);
}
