import { Cell, Row } from '@backstage/ui';
import {
  EnvironmentSort,
  EnvironmentSummary,
} from '@greenroom/plugin-environments-common';
import { costText, presentCost } from '../cost/words';
import { entityName } from '../entity/names';
import { ListColumn, ListSelection, ListTable } from '../list/ListTable';
import { NameLink } from '../list/NameLink';
import { usePaths } from '../portal/paths';
import { EnvironmentStateBadge } from '../state/EnvironmentStateBadge';
import { Age } from '../time/Elapsed';
import { formatExact } from '../time/format';
import { TimeLeft } from '../time/TimeLeft';
import { changeFilters, Filters } from './filters';
import styles from '../list/list.module.css';

const COLUMNS: ListColumn[] = [
  { id: 'name', label: 'Name', sort: true },
  { id: 'state', label: 'State', width: '136px' },
  { id: 'blueprint', label: 'Blueprint' },
  { id: 'owner', label: 'Owner', width: '14%' },
  { id: 'createdAt', label: 'Age', width: '84px', sort: true },
  { id: 'timeLeft', label: 'Time left', width: '248px', sort: true },
  { id: 'cost', label: 'Cost a day', width: '120px' },
];

/** The environments of one page of the list. */
export function EnvironmentsTable(props: {
  rows: readonly EnvironmentSummary[];
  loading: boolean;
  filters: Filters;
  onChange: (filters: Filters) => void;
  selection?: ListSelection;
}) {
  const { rows, loading, filters, onChange, selection } = props;
  return (
    <ListTable
      label="Environments"
      columns={COLUMNS}
      rows={rows}
      loading={loading}
      selection={selection}
      sortDescriptor={{
        column: filters.sort,
        direction: filters.order === 'asc' ? 'ascending' : 'descending',
      }}
      onSortChange={({ column, direction }) =>
        onChange(
          changeFilters(filters, {
            sort: column as EnvironmentSort,
            order: direction === 'descending' ? 'desc' : 'asc',
          }),
        )
      }
    >
      {environment => <EnvironmentRow environment={environment} />}
    </ListTable>
  );
}

function EnvironmentRow({ environment }: { environment: EnvironmentSummary }) {
  const paths = usePaths();
  const { id, name, blueprint, owner, createdAt, cost } = environment;
  const href = paths.environment(environment);
  return (
    <Row id={id} href={href} className={styles.row}>
      <Cell textValue={name}>
        <NameLink href={href} name={name} />
      </Cell>
      <Cell>
        <EnvironmentStateBadge environment={environment} />
      </Cell>
      <Cell>
        <span
          className={styles.clip}
          title={`${blueprint.title} ${blueprint.version}`}
        >
          {blueprint.name}{' '}
          <span className={styles.quiet}>{blueprint.version}</span>
        </span>
      </Cell>
      <Cell>
        <span className={styles.clip} title={owner}>
          {entityName(owner)}
        </span>
      </Cell>
      <Cell>
        <time dateTime={createdAt} title={formatExact(createdAt)}>
          <Age from={createdAt} />
        </time>
      </Cell>
      <Cell>
        <TimeLeft environment={environment} />
      </Cell>
      <Cell>
        <span title={cost && costText(cost)}>
          {presentCost(environment) ?? '–'}
        </span>
      </Cell>
    </Row>
  );
}
