import { problemText } from '../../portal/problemText';
import { LintedFile } from './check';

/** Problems by their places, then what is right, and what nobody has looked at. */
export function asText(linted: LintedFile[]): string {
  return linted.flatMap(textOf).join('\n');
}

function textOf({
  file,
  blueprint,
  problems,
  unchecked,
}: LintedFile): string[] {
  const isRight = blueprint && problems.length === 0;
  return [
    ...problems.map(problemText),
    ...(isRight
      ? [`${file}: ${blueprint.name} ${blueprint.version} is right.`]
      : []),
    ...unchecked.map(what => `${file}: not checked: ${what}`),
  ];
}
