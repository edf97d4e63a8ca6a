import { Problem } from '@greenroom/plugin-environments-common';
import { ErrorSchema } from '@rjsf/utils';

/** The server's problems, sorted to where they are shown. */
export interface SortedProblems {
  name?: string;
  owner?: string;
  ttl?: string;
  labels?: string;
  /** Shaped like the inputs, as the form takes them. */
  inputs: ErrorSchema;
  /** Those that belong to no field. */
  others: Problem[];
}

/** What is wrong, and what to do about it. */
export function problemText({ message, remedy }: Problem): string {
  return [message, remedy].filter(Boolean).join(' ');
}

/** Sorts problems by their JSON pointers: `/name`, `/inputs/pages`, … */
export function sortProblems(problems: Problem[]): SortedProblems {
  const sorted: SortedProblems = { inputs: {}, others: [] };
  for (const problem of problems) {
    const [root, ...rest] = segments(problem.field);
    const text = problemText(problem);
    if (root === 'inputs' && rest.length > 0) {
      addAt(sorted.inputs, rest, text);
    } else if (isField(root)) {
      sorted[root] = [sorted[root], text].filter(Boolean).join(' ');
    } else {
      sorted.others.push(problem);
    }
  }
  return sorted;
}

const FIELDS = ['name', 'owner', 'labels', 'ttl'] as const;

function isField(root: string): root is (typeof FIELDS)[number] {
  return (FIELDS as readonly string[]).includes(root);
}

function segments(pointer = ''): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(segment => segment.replace(/~1/g, '/').replace(/~0/g, '~'));
}

interface ErrorNode {
  __errors?: string[];
  [key: string]: ErrorNode | string[] | undefined;
}

function addAt(tree: ErrorSchema, path: string[], text: string): void {
  let node = tree as ErrorNode;
  for (const segment of path) {
    const next = (node[segment] as ErrorNode | undefined) ?? {};
    node[segment] = next;
    node = next;
  }
  node.__errors = [...(node.__errors ?? []), text];
}
