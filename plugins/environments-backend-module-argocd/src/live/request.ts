import { randomUUID } from 'node:crypto';
import { ArgocdApplicationSpec } from '@greenroom/plugin-argocd-node';
import { DriverTarget } from '@greenroom/plugin-environments-node';
import { PERSON_INFO, rollbackMark } from '../application/asked';
import { sourcesIn } from '../application/applicationSpec';
import { OWN_INFO } from '../application/names';
import { SiteOptions } from '../application/site';
import { failure, unlessBusy } from '../problems';
import { findApplication, Found } from './find';

/** Asks for a sync to what the last apply pinned, as that one did. */
export async function sync(
  target: DriverTarget,
  by: string,
  options: SiteOptions,
  signal: AbortSignal,
): Promise<void> {
  const found = await required(target, options, signal);
  const { place, application } = found;
  const loose = sourcesIn(application.spec).find(isLoose);
  if (loose)
    throw failure(target.component, {
      code: 'argocd.application.unpinned',
      message: `Somebody has changed the application "${place.ref.name}" in Argo CD: it follows "${loose.targetRevision ?? 'HEAD'}" of ${loose.repoURL}, and not what was applied last`,
      remedy: 'Update the environment: its plan shows what was changed',
    });
  const infos = [
    { name: OWN_INFO, value: `live ${randomUUID()}` },
    { name: PERSON_INFO, value: by },
  ];
  await asked(found, () =>
    place.client.sync(place.ref, { prune: true, infos }, signal),
  );
}

/** Asks for what an entry of the history had, by Argo CD's own call. */
export async function rollback(
  target: DriverTarget,
  to: string,
  by: string,
  options: SiteOptions,
  signal: AbortSignal,
): Promise<void> {
  const found = await required(target, options, signal);
  const { place, application } = found;
  const { client, ref } = place;
  const entry = application.status.history.find(({ id }) => String(id) === to);
  if (!entry)
    throw failure(target.component, {
      code: 'argocd.history.unknown',
      message: `Argo CD "${client.instance}" has no entry "${to}" in the history of the application "${ref.name}"`,
      remedy: 'Look at its history again: Argo CD keeps the last ten entries',
    });
  const account = (await client.whoAmI(signal)) ?? '';
  const annotations = rollbackMark(account, by);
  await client.patchApplication(ref, { metadata: { annotations } }, signal);
  await asked(found, () =>
    client.rollback(ref, { id: entry.id, prune: true }, signal),
  );
}

async function required(
  target: DriverTarget,
  options: SiteOptions,
  signal: AbortSignal,
): Promise<Found> {
  const found = await findApplication(target, options, signal);
  if (found) return found;
  throw failure(target.component, {
    code: 'argocd.application.missing',
    message: `Argo CD has no application of component "${target.component}"`,
    remedy: 'Update the environment: what is missing is made anew',
  });
}

async function asked(
  { place: { ref, owner } }: Found,
  ask: () => Promise<unknown>,
): Promise<void> {
  await unlessBusy(owner.component, ask, {
    message: `Argo CD is at work on the application "${ref.name}" already`,
    remedy:
      'Wait for the end of that, or terminate it in Argo CD, then ask again',
  });
}

/** Whether it could be another one tomorrow; versions of charts can't. */
function isLoose({
  chart,
  targetRevision = 'HEAD',
}: NonNullable<ArgocdApplicationSpec['source']>): boolean {
  return (
    chart === undefined && !/^(sha256:)?[0-9a-f]{40,64}$/.test(targetRevision)
  );
}
