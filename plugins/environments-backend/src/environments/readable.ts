import { EnvironmentOutput } from '@greenroom/plugin-environments-common';
import { Transaction } from '../database';
import { Visible } from './access';
import { applyVisible } from './visible';

/** An environment whose outputs somebody may read. */
export interface ReadableEnvironment {
  id: string;
  name: string;
  outputs: EnvironmentOutput[];
}

/** The living ones of these names that may be seen, as lists leave out the others. */
export async function readableEnvironments(
  tx: Transaction,
  names: string[],
  visible: Visible,
): Promise<Map<string, ReadableEnvironment>> {
  const query = tx('environments as e')
    .whereIn('e.name', names)
    .whereNull('e.destroyed_at')
    .select('e.id', 'e.name', 'e.outputs');
  applyVisible(query, visible);
  const rows: ReadableEnvironment[] = await query;
  return new Map(rows.map(row => [row.name, row]));
}
