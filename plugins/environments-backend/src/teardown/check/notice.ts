import { Problem } from '@greenroom/plugin-environments-common';
import { momentInWords } from '../../moments';
import { Notice } from '../notice';
import { UntoldCheck } from './types';

/** More would not be read in a message; the page of the environment has them all. */
const NAMED = 3;

/**
 * What people are told of a teardown that would fail. All of one environment have one scope: told
 * twice, it is one notification.
 *
 * @param recipients entity refs, each once
 */
export function checkNotice(check: UntoldCheck, recipients: string[]): Notice {
  const { environmentId, environmentName: name, problems } = check;
  const more = problems.length - NAMED;
  return {
    recipients: { type: 'entity', entityRef: recipients },
    payload: {
      title: `The teardown of ${name} would fail`,
      description: [
        whenItEnds(check),
        ...problems.slice(0, NAMED).map(inWords),
        ...(more > 0 ? [`And ${more} more.`] : []),
        'Nothing was changed. Once that is seen to, check it again on its page.',
      ].join(' '),
      link: `/environments/e/${encodeURIComponent(name)}`,
      severity: 'high',
      topic: 'environments.teardown',
      scope: `environments.teardown-check:${environmentId}`,
    },
  };
}

function whenItEnds({ dueAt }: UntoldCheck): string {
  if (!dueAt) return 'A dry run of its teardown has failed.';
  return `Its end is near (${momentInWords(dueAt)}), and a dry run of its teardown has failed.`;
}

/** `database: … (database/main.tf, line 14). What to do.` */
function inWords({ component, message, place, remedy }: Problem): string {
  const line = place?.line === undefined ? '' : `, line ${place.line}`;
  const at = place ? ` (${place.file}${line})` : '';
  const said = `${component ? `${component}: ` : ''}${message.replace(/\.$/, '')}${at}.`;
  return remedy ? `${said} ${remedy.replace(/\.?$/, '.')}` : said;
}
