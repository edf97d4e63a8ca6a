import { EnvironmentRecord } from '../../environments/types';
import { momentInWords } from '../../moments';
import { Notice } from '../../teardown/notice';
import { ProbeRecord } from './store';

/**
 * That nobody knows any more whether an environment is used: it is kept for that, and costs.
 *
 * @param recipients entity refs, each once
 */
export function probeNotice(
  { id, name }: EnvironmentRecord,
  probe: Pick<ProbeRecord, 'name' | 'problem'> & { failingSince: Date },
  recipients: string[],
): Notice {
  return {
    recipients: { type: 'entity', entityRef: recipients },
    payload: {
      title: `Nobody knows whether ${name} is used`,
      description: `Its probe "${probe.name}" has failed since ${momentInWords(probe.failingSince)}: ${probe.problem}. Until it answers, ${name} is not taken for idle, and runs until its lease ends.`,
      link: `/environments/e/${encodeURIComponent(name)}`,
      severity: 'normal',
      topic: 'environments.idle',
      scope: `environments.idle:${id}:${probe.name}`,
    },
  };
}
