import { EnvironmentRecord } from '../../environments/types';
import { recipientsOf } from '../../leases/warnings/notice';
import { Notice } from '../../teardown/notice';
import { ProbeRecord } from './store';

/** That nobody knows any more whether an environment is used: it is kept for that, and costs. */
export function probeNotice(
  { id, name, owner, createdBy }: EnvironmentRecord,
  probe: Pick<ProbeRecord, 'name' | 'problem' | 'failingSince'>,
): Notice {
  return {
    recipients: {
      type: 'entity',
      entityRef: recipientsOf({ owner, createdBy }),
    },
    payload: {
      title: `Nobody knows whether ${name} is used`,
      description: `Its probe "${probe.name}" fails since ${probe.failingSince?.toISOString()}: ${probe.problem}. Until it answers, ${name} is not taken for idle, and runs until its lease ends.`,
      link: `/environments/e/${encodeURIComponent(name)}`,
      severity: 'normal',
      topic: 'environments.idle',
      scope: `environments.idle:${id}:${probe.name}`,
    },
  };
}
