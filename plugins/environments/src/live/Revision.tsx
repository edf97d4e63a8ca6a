import { shortRevision } from './words';

/** A revision short enough for a line, with all of it on hover. */
export function Revision({ revision }: { revision: string }) {
  return <code title={revision}>{shortRevision(revision)}</code>;
}
