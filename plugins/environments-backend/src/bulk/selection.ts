import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { BULK_LIMIT, BulkRequest } from '@greenroom/plugin-environments-common';
import { EnvironmentAccess } from '../environments/access';
import { requireLabelSelectors } from '../environments/labelled';
import { EnvironmentList } from '../environments/list';
import { SummaryRow } from '../environments/summary';
import {
  countChanged,
  countMissing,
  selectionProblem,
  tooManyProblem,
} from './errors';

/** Environments of one request that its caller may see, in the order of the request. */
export interface Selection {
  ids: string[];
  rows: Map<string, SummaryRow>;
}

/** Finds the environments that somebody means. One query, however many they are. */
export class BulkSelector {
  constructor(
    private readonly options: {
      access: Pick<EnvironmentAccess, 'caller' | 'visible'>;
      list: EnvironmentList;
    },
  ) {}

  /**
   * @throws InputProblemError
   * @throws ConflictProblemError when they are not as many as the caller expects
   */
  async select(
    request: BulkRequest,
    credentials: BackstageCredentials,
  ): Promise<Selection> {
    const { access, list } = this.options;
    const { ids: named, filter, count, action, dryRun = false } = request;
    if ((named === undefined) === (filter === undefined)) {
      throw selectionProblem();
    }
    requireLabelSelectors(filter?.label, '/filter/label');
    const rows = await list.page({
      ...filter,
      ids: named,
      caller: await access.caller(credentials),
      visible: await access.visible(credentials),
      sort: 'name',
      order: 'asc',
      limit: BULK_LIMIT + 1,
    });
    const ids = named ? [...new Set(named)] : rows.map(({ id }) => id);
    if (ids.length > BULK_LIMIT) throw tooManyProblem(ids.length);
    const mustCount = action === 'destroy' || filter !== undefined;
    if (count === undefined && mustCount && !dryRun) {
      throw countMissing(ids.length);
    }
    if (count !== undefined && count !== ids.length) {
      throw countChanged(count, ids.length);
    }
    return { ids, rows: new Map(rows.map(row => [row.id, row])) };
  }
}
