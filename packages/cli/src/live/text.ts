import {
  LiveComponent,
  LiveComponents,
  LiveDetail,
  LiveOperation,
} from '@greenroom/plugin-environments-common';
import { problemText } from '../portal/problemText';
import { table } from '../portal/table';

const SYNC: Record<LiveComponent['sync'], string> = {
  synced: 'synced',
  outOfSync: 'out of sync',
  unknown: 'unknown',
};

export function describeComponents(
  environment: string,
  { items, problems }: LiveComponents,
): string {
  const parts = problems.map(problemText);
  if (items.length > 0) parts.unshift(componentTable(items));
  return (
    parts.join('\n') || `Nothing of ${environment} is seen between operations.`
  );
}

/** What is wrong of one, and what it can go back to; the rest is for programs and the portal. */
export function describeDetail(detail: LiveDetail): string {
  const { url, operation, changes, resources, history } = detail;
  const unwell = resources.filter(
    ({ health = 'healthy' }) => health !== 'healthy',
  );
  const blocks = [
    [componentTable([detail]), url, operation && operationLine(operation)],
    changes.length > 0 && [
      table(
        ['DIFFERS', 'HOW', 'IN'],
        changes.map(({ address, action, attributes }) => [
          address,
          action,
          attributes.map(({ path }) => path).join(', '),
        ]),
      ),
    ],
    unwell.length > 0 && [
      table(
        ['NOT WELL', 'NAME', 'HEALTH', 'WHY'],
        unwell.map(({ kind, name, health, message }) => [
          kind,
          name,
          health ?? '',
          message ?? '',
        ]),
      ),
    ],
    history.length > 0 && [
      table(
        ['HISTORY', 'REVISION', 'AT'],
        history.map(({ id, revision, deployedAt }) => [
          id,
          revision,
          deployedAt ?? '',
        ]),
      ),
    ],
  ];
  return blocks
    .flatMap(block => (block ? [block.filter(Boolean).join('\n')] : []))
    .join('\n\n');
}

function componentTable(items: LiveComponent[]): string {
  return table(
    ['COMPONENT', 'NAME', 'SYNC', 'HEALTH', 'REVISION', 'MESSAGE'],
    items.map(({ component, name, sync, health, revision, message }) => [
      component,
      name,
      SYNC[sync],
      health,
      revision ?? '',
      message ?? '',
    ]),
  );
}

function operationLine({ phase, by, message }: LiveOperation): string {
  const whose = by ? ` of ${by}` : '';
  return `The last sync${whose}: ${phase}. ${message}`.trim();
}
