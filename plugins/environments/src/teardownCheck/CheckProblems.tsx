import { Problem } from '@greenroom/plugin-environments-common';
import { placeText } from '../operation/words';

/** What would fail, where, and what to do about it. */
export function CheckProblems({ problems }: { problems: Problem[] }) {
  return (
    <>
      {problems.map((problem, index) => (
        <p key={index}>{problemLine(problem)}</p>
      ))}
    </>
  );
}

/** `database: … (database/main.tf, line 14). What to do.` */
export function problemLine(problem: Problem): string {
  const { component, message, place, remedy } = problem;
  const at = place ? ` (${placeText(place)})` : '';
  const said = `${message.replace(/\.$/, '')}${at}.`;
  const line = component ? `${component}: ${said}` : said;
  return remedy ? `${line} ${remedy.replace(/\.?$/, '.')}` : line;
}
