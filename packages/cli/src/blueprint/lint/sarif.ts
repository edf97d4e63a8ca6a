import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Log, Result } from 'sarif';
import { Problem } from '@greenroom/plugin-environments-common';
import { LintedFile } from './check';

/** SARIF 2.1.0, which code hosts show beside the lines that it names. */
export function asSarif(linted: LintedFile[]): string {
  const results = linted.flatMap(({ file, problems }) =>
    problems.map(problem => resultOf(problem, file)),
  );
  const rules = [...new Set(results.map(({ ruleId }) => ruleId!))].sort();
  const log: Log = {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Greenroom', rules: rules.map(id => ({ id })) },
        },
        artifacts: linted.map(({ file }) => ({
          location: { uri: uriOf(file) },
        })),
        results,
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

/** @param file of the blueprint, for a problem that has no place of its own */
function resultOf(problem: Problem, file: string): Result {
  const { code, message, remedy, place } = problem;
  return {
    ruleId: code,
    level: 'error',
    message: { text: remedy ? `${message} ${remedy}` : message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(place?.file ?? file) },
          ...(place?.line && {
            region: { startLine: place.line, startColumn: place.column },
          }),
        },
      },
    ],
  };
}

function uriOf(path: string): string {
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path.split(sep).map(encodeURIComponent).join('/');
}
