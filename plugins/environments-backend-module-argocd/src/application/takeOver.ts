import { failure } from '../problems';
import { Located } from './locate';
import { isNobodys } from './names';
import { orUndefined } from './orUndefined';
import { foreignApplication, Site } from './site';

/**
 * The place of a component that is to take over an application which somebody else has made.
 *
 * @param name - of that application, in the project of the placement
 * @throws DriverError where it is not there, is being deleted, or belongs to an environment
 */
export async function siteToTakeOver(
  site: Site,
  name: string,
): Promise<Located> {
  const { client, owner, context } = site;
  const other = { ...site, ref: { ...site.ref, name }, takesOver: true };
  const found = await orUndefined(
    client.application(other.ref, context.signal),
  );
  if (!found || found.metadata.deletionTimestamp)
    throw failure(owner.component, {
      code: 'argocd.takeover.missing',
      message: found
        ? `The application "${name}" that component "${owner.component}" is to take over is being deleted`
        : `Argo CD "${client.instance}" has no application "${name}" in project "${other.ref.project}" that component "${owner.component}" could take over`,
      remedy:
        'Mend its name, or leave takeOver out: then an application is made',
    });
  if (!isNobodys(found)) throw foreignApplication(other);
  return { site: other, current: found };
}
