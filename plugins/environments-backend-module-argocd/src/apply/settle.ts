import { ArgocdApplication } from '@greenroom/plugin-argocd-node';
import { follow, TookTooLong } from '../application/follow';
import { Site } from '../application/site';
import { failure } from '../problems';
import { TIMES } from '../times';
import { judge, Verdict } from './health';
import { reasonsOf } from './reasons';
import { vanished } from './sync';

/**
 * Waits until the application is as Git says and well.
 *
 * @throws DriverError that names the resources that are not, and why
 */
export async function settle(site: Site): Promise<ArgocdApplication> {
  const { client, ref, context } = site;
  // Sync and health lag behind the end of a sync: this makes Argo CD look.
  const { application } = await client.refreshed(ref, 'normal', context.signal);
  const verdict = judge(application);
  if (verdict.is === 'good') return application;
  return followHealth(site, verdict, TIMES.syncMs);
}

async function followHealth(
  site: Site,
  first: Verdict,
  withinMs: number,
): Promise<ArgocdApplication> {
  const { client, ref, context } = site;
  let last = first;
  const tell = told(site);
  tell(first);
  const look = (application: ArgocdApplication | undefined) => {
    if (!application) throw vanished(site);
    const before = last;
    last = judge(application);
    tell(last);
    if (last.is === 'good') return application;
    // What was well on its way and is degraded now gets its time from here on.
    return last.is === before.is ? undefined : 'other';
  };
  const within = first.is === 'waiting' ? withinMs : TIMES.degradedMs;
  try {
    const found = await follow(
      client,
      ref,
      { signal: context.signal, withinMs: within },
      look,
    );
    return found === 'other' ? followHealth(site, last, withinMs) : found;
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error;
    throw await unwell(site, last);
  }
}

function told({ say }: Site) {
  let before = '';
  return (verdict: Verdict) => {
    if (verdict.is === 'good') return;
    const text = verdict.words.join('; ');
    if (text !== before)
      say(text, verdict.is === 'waiting' ? 'info' : 'warning');
    before = text;
  };
}

async function unwell(site: Site, verdict: Verdict) {
  const { owner } = site;
  const words = verdict.is === 'good' ? [] : verdict.words;
  const reasons = await reasonsOf(site);
  for (const reason of reasons) site.say(reason, 'warning');
  return failure(owner.component, {
    code: 'argocd.unhealthy',
    message: `Component "${owner.component}" was synced and is not well: ${words[0]}`,
    remedy: `See what its pods and events say, mend it in its source, and try again; what was made stays until then`,
    detail: [...words, ...reasons].join('\n'),
  });
}
