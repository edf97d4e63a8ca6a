import {
  ArgocdApplication,
  ArgocdOperation,
} from '@greenroom/plugin-argocd-node';
import { OWN_INFO } from './names';

/** Names the info that says for whom Greenroom syncs. */
export const PERSON_INFO = 'greenroom.dev/by';

/**
 * On an application: Greenroom's account there, and for whom it went back to a former entry last.
 * Argo CD takes no infos with a rollback, and nothing else that this account does is without.
 */
const ROLLBACK_ANNOTATION = 'greenroom.dev/rollback-by';

type Annotated = Pick<ArgocdApplication, 'metadata'>;

export function rollbackMark(account: string, by: string) {
  return { [ROLLBACK_ANNOTATION]: `${account} ${by}` };
}

/** Whether Greenroom asked for it, for somebody or by itself. */
export function isOwnOperation(
  application: Annotated,
  operation: ArgocdOperation,
): boolean {
  return (
    operation.info.some(({ name }) => name === OWN_INFO) ||
    rollbackPerson(application, operation) !== undefined
  );
}

/** Who asked for it: a person by Greenroom, else an account of Argo CD; undefined for Argo CD itself. */
export function askedBy(
  application: Annotated,
  operation: ArgocdOperation,
): string | undefined {
  const { info, initiatedBy } = operation;
  return (
    info.find(({ name }) => name === PERSON_INFO)?.value ??
    rollbackPerson(application, operation) ??
    (initiatedBy?.username || undefined)
  );
}

function rollbackPerson(
  { metadata }: Annotated,
  { info, initiatedBy }: ArgocdOperation,
): string | undefined {
  const mark = metadata.annotations?.[ROLLBACK_ANNOTATION] ?? '';
  const at = mark.indexOf(' ');
  const isOurs =
    at > 0 && info.length === 0 && initiatedBy?.username === mark.slice(0, at);
  return isOurs ? mark.slice(at + 1) : undefined;
}
