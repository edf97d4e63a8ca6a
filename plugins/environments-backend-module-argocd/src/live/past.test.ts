import {
  ArgocdApplication,
  ArgocdOperation,
  ArgocdOperationState,
} from '@greenroom/plugin-argocd-node';
import { PERSON_INFO, rollbackMark } from '../application/asked';
import { OWN_INFO } from '../application/names';
import { historyOf, operationOf } from './past';

function anApplication(more: {
  operation?: ArgocdOperation;
  last?: ArgocdOperationState;
  annotations?: Record<string, string>;
  history?: ArgocdApplication['status']['history'];
}): ArgocdApplication {
  return {
    metadata: { name: 'shop', finalizers: [], annotations: more.annotations },
    spec: { project: 'default', destination: {} },
    operation: more.operation,
    status: {
      sync: {
        ...{ status: 'Synced', revision: '', revisions: [], comparedTo: [] },
      },
      health: { status: 'Healthy' },
      ...{ resources: [], conditions: [], sourceTypes: [] },
      history: more.history ?? [],
      operationState: more.last,
    },
  };
}

const by = (username: string, info: ArgocdOperation['info'] = []) => ({
  info,
  initiatedBy: { username },
});
const over = (operation: ArgocdOperation): ArgocdOperationState => ({
  ...{ operation, phase: 'Error', message: 'as it is' },
  finishedAt: '2026-11-22T09:00:00Z',
});

it('tells of the newest first, with all sources and without accounts in their addresses', () => {
  const history = [
    {
      ...{ id: 0, revision: 'one', revisions: [] },
      sources: [
        { repoURL: 'https://ada:pass@word@git.example.com/shop', path: 'a' },
      ],
    },
    {
      ...{ id: 1, revision: '', revisions: ['two', '1.2.3'] },
      deployedAt: '2026-11-22T09:00:00Z',
      sources: [
        { repoURL: 'git@git.example.com:shop.git' },
        { repoURL: 'https://charts.example.com', chart: 'web' },
      ],
    },
  ];
  expect(historyOf(anApplication({ history }))).toEqual([
    {
      ...{ id: '1', revision: 'two 1.2.3', deployedAt: '2026-11-22T09:00:00Z' },
      source: 'git@git.example.com:shop.git, https://charts.example.com web',
    },
    {
      ...{ id: '0', revision: 'one' },
      source: 'https://git.example.com/shop a',
    },
  ]);
});

it('says who asked: a person by Greenroom, an account, or nobody', () => {
  const whoAsked = (
    operation: ArgocdOperation,
    annotations?: Record<string, string>,
  ) => operationOf(anApplication({ last: over(operation), annotations }))?.by;
  const own = { name: OWN_INFO, value: '1' };
  const ada = 'user:default/ada';
  expect(whoAsked(by('robot', [own]))).toBe('robot');
  expect(whoAsked(by('robot', [own, { name: PERSON_INFO, value: ada }]))).toBe(
    ada,
  );
  expect(whoAsked(by('robot'), rollbackMark('robot', ada))).toBe(ada);
  expect(whoAsked(by('bob'), rollbackMark('robot', ada))).toBe('bob');
  expect(whoAsked(by('robot', [own]), rollbackMark('robot', ada))).toBe(
    'robot',
  );
  expect(
    whoAsked({ info: [], initiatedBy: { automated: true } }),
  ).toBeUndefined();
});

it('tells of what was asked for just now, and not of how the one before ended', () => {
  const application = anApplication({
    operation: by('ada'),
    last: over(by('bob')),
  });
  expect(operationOf(application)).toEqual({
    ...{ phase: 'running', message: '', by: 'ada' },
  });
  expect(operationOf(anApplication({ last: over(by('bob')) }))).toEqual({
    ...{ phase: 'failed', message: 'as it is', by: 'bob' },
    finishedAt: '2026-11-22T09:00:00Z',
  });
  expect(operationOf(anApplication({}))).toBeUndefined();
});
