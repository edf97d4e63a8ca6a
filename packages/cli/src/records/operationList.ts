import {
  ListOperationsQuery,
  OperationSummary,
} from '@greenroom/plugin-environments-common';
import { Portal } from '../portal/command';
import { environmentId } from '../portal/environment';
import { table } from '../portal/table';

/** The API checks the words. */
export type ListOptions = Pick<
  ListOperationsQuery,
  'scope' | 'kind' | 'state' | 'limit' | 'cursor'
> & { environment?: string };

/** `./greenroom operations list` */
export async function listOperations({
  client,
  options,
  answer,
}: Portal<ListOptions>): Promise<void> {
  const { environment, scope, kind, state, limit, cursor } = options;
  const page = await client.listOperations({
    scope,
    kind,
    state,
    limit,
    cursor,
    environmentId: environment && (await environmentId(client, environment)),
  });
  answer(page, () =>
    [
      table(
        ['OPERATION', 'ENVIRONMENT', 'NO', 'KIND', 'STATE', 'ASKED', 'BY'],
        page.items.map(toRow),
      ),
      `${page.items.length} of ${page.total}.`,
      ...(page.nextCursor ? [`More: --cursor ${page.nextCursor}`] : []),
    ].join('\n'),
  );
}

function toRow(operation: OperationSummary): string[] {
  return [
    operation.id,
    operation.environmentName,
    String(operation.number),
    operation.dryRun ? `${operation.kind} (dry run)` : operation.kind,
    operation.state,
    operation.requestedAt,
    operation.requestedBy,
  ];
}
