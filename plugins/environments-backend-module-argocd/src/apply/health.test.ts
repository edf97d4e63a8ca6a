import { ArgocdApplication } from '@greenroom/plugin-argocd-node';
import { judge } from './health';

const resource = (
  name: string,
  status: ArgocdApplication['status']['health']['status'],
  message?: string,
) => ({
  ...{ group: '', version: 'v1', kind: 'Pod', namespace: 'default', name },
  ...{ status: 'Synced' as const, requiresPruning: false },
  health: { status, message },
});

it('names what has failed before what is on its way', () => {
  const application: ArgocdApplication = {
    metadata: { name: 'shop', finalizers: [] },
    spec: { project: 'default', destination: {} },
    status: {
      sync: {
        ...{ status: 'Synced', revision: '', revisions: [], comparedTo: [] },
      },
      health: { status: 'Degraded' },
      resources: [
        resource('well', 'Healthy'),
        resource('starts', 'Progressing'),
        resource('lost', 'Missing'),
        resource('crashes', 'Degraded', 'back-off'),
        resource('off', 'Suspended'),
      ],
      ...{ conditions: [], history: [], sourceTypes: [] },
    },
  };
  expect(judge(application)).toEqual({
    is: 'degraded',
    words: [
      'Pod/crashes is Degraded: back-off',
      'Pod/lost is Missing',
      'Pod/starts is Progressing',
    ],
  });
});
