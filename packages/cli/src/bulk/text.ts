import { BulkItem, BulkOutcome } from '@greenroom/plugin-environments-common';
import { table } from '../portal/table';

/** What came of each, or would; the last line counts. */
export function describeBulk({
  action,
  dryRun,
  done,
  refused,
  items,
}: BulkOutcome): string {
  const rows = items.map(item => [
    item.name ?? item.environmentId,
    item.owner ?? '',
    item.problem ? 'refused' : action,
    whatOf(item),
  ]);
  const would = dryRun ? 'would be done to' : 'done to';
  return [
    table(['ENVIRONMENT', 'OWNER', 'WHAT', 'SO THAT'], rows),
    `${action}: ${would} ${done}, refused for ${refused}.`,
  ].join('\n');
}

function whatOf(item: BulkItem): string {
  const { problem, expiresBefore, expiresAfter, operation } = item;
  if (problem) return `${problem.message} ${problem.remedy ?? ''}`.trim();
  if (operation) return `operation ${operation.id}`;
  if (expiresAfter) return `ends ${expiresAfter}, not ${expiresBefore}`;
  if (item.dueAt) return `nothing falls due before ${item.dueAt}`;
  if (item.resources !== undefined) return `${item.resources} resources go`;
  return '';
}
