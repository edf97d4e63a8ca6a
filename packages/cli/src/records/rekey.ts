import { SealedSummary } from '@greenroom/plugin-environments-common';
import { Portal } from '../portal/command';
import { CommandError } from '../portal/failures';
import { table } from '../portal/table';

/** `./greenroom state rekey`: may be stopped at any time, and begun again. */
export async function rekey({
  client,
  options,
  terminal,
  answer,
}: Portal<{ dryRun?: boolean }>): Promise<void> {
  const before = await client.getSealed();
  if (options.dryRun) {
    answer(before, () => describe(before));
    return;
  }
  const due = olderThanFirst(before);
  let resealed = 0;
  let cursor: string | undefined;
  do {
    const progress = await client.rekey({ cursor });
    resealed += progress.resealed;
    cursor = progress.nextCursor;
    terminal.remark(`${resealed} of ${due} values sealed again`);
  } while (cursor);

  const after = await client.getSealed();
  const left = olderThanFirst(after);
  if (left > 0) {
    throw new CommandError(
      `${resealed} values were sealed again, but ${left} are still under an older key: they were written meanwhile.`,
      'Some backend or worker still seals by the older key. Restart all of them with the new configuration, then run this again.',
    );
  }
  answer({ resealed, ...after }, () =>
    [
      `${resealed} values were sealed again; all are under the key "${after.firstKey}".`,
      'Older keys may be taken out of environments.secrets.keys, once no backup is needed that they open.',
    ].join('\n'),
  );
}

function describe(summary: SealedSummary): string {
  const rows = summary.keys.map(({ key, values, configured }) => {
    const known = key === summary.firstKey ? 'first' : 'older';
    return [key, String(values), configured ? known : 'MISSING'];
  });
  return table(['KEY', 'VALUES', ''], rows);
}

function olderThanFirst({ keys, firstKey }: SealedSummary): number {
  return keys
    .filter(({ key }) => key !== firstKey)
    .reduce((sum, { values }) => sum + values, 0);
}
