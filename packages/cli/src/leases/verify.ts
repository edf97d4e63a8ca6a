import {
  JsonValue,
  LeaseDifference,
} from '@greenroom/plugin-environments-common';
import { Portal } from '../portal/command';
import { CommandError } from '../portal/failures';
import { table } from '../portal/table';

/** `./greenroom lease verify` */
export async function verifyLeases({
  client,
  terminal,
  answer,
}: Portal<object>): Promise<void> {
  let checked = 0;
  const differing: LeaseDifference[] = [];
  let cursor: string | undefined;
  do {
    const batch = await client.verifyLeases({ cursor });
    checked += batch.checked;
    differing.push(...batch.differing);
    cursor = batch.nextCursor;
    if (cursor) terminal.remark(`${checked} leases checked`);
  } while (cursor);

  answer({ checked, differing }, () =>
    differing.length > 0
      ? describe(differing)
      : `${checked} leases are what their ledgers come to.`,
  );
  if (differing.length === 0) return;
  throw new CommandError(
    `${differing.length} of ${checked} leases are not what their ledgers come to.`,
    'Somebody has changed the database by hand, or Greenroom has a fault: keep a backup, and report it.',
  );
}

function describe(differing: LeaseDifference[]): string {
  const rows = differing.flatMap(
    ({ environmentId, environmentName, fields, broken }) => {
      const named = [environmentId, environmentName];
      return broken
        ? [[...named, broken, '', '']]
        : fields.map(({ field, lease, ledger }) => [
            ...named,
            field,
            text(lease),
            text(ledger),
          ]);
    },
  );
  return table(['ENVIRONMENT', 'NAME', 'WHAT', 'LEASE', 'LEDGER'], rows);
}

function text(value: JsonValue | undefined): string {
  if (value === undefined) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
