import {
  Cell,
  Column,
  Link,
  Row,
  Skeleton,
  TableBody,
  TableHeader,
  TableRoot,
  VisuallyHidden,
} from '@backstage/ui';
import {
  EnvironmentSort,
  EnvironmentSummary,
} from '@greenroom/plugin-environments-common';
import { entityName } from '../entity/names';
import { usePaths } from '../portal/paths';
import { EnvironmentStateBadge } from '../state/EnvironmentStateBadge';
import { Age } from '../time/Elapsed';
import { formatExact } from '../time/format';
import { TimeLeft } from '../time/TimeLeft';
import { changeFilters, Filters } from './filters';
import styles from '../list/list.module.css';

/** As many as fill the first look; rows that come later are below the fold. */
const SKELETON_ROWS = Array.from({ length: 12 }, (_, index) => ({
  id: `skeleton-${index}`,
}));

const COLUMNS = [
  { id: 'name', label: 'Name', width: undefined, sort: true },
  { id: 'state', label: 'State', width: '136px', sort: false },
  { id: 'blueprint', label: 'Blueprint', width: undefined, sort: false },
  { id: 'owner', label: 'Owner', width: '14%', sort: false },
  { id: 'createdAt', label: 'Age', width: '84px', sort: true },
  { id: 'timeLeft', label: 'Time left', width: '248px', sort: true },
] as const;

/** The environments of one page of the list. */
export function EnvironmentsTable(props: {
  rows: readonly EnvironmentSummary[];
  loading: boolean;
  filters: Filters;
  onChange: (filters: Filters) => void;
}) {
  const { rows, loading, filters, onChange } = props;
  return (
    <TableRoot
      aria-label="Environments"
      aria-busy={loading}
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
      <TableHeader>
        {COLUMNS.map(({ id, label, width, sort }) => (
          <Column
            key={id}
            id={id}
            isRowHeader={id === 'name'}
            allowsSorting={sort}
            style={{ width }}
          >
            {label}
          </Column>
        ))}
      </TableHeader>
      {loading ? (
        <TableBody items={SKELETON_ROWS}>
          {({ id }) => (
            <Row id={id} className={styles.row}>
              {COLUMNS.map(column => (
                <Cell key={column.id}>
                  {column.id === 'name' && (
                    <VisuallyHidden>Loading</VisuallyHidden>
                  )}
                  <Skeleton width="70%" height={16} />
                </Cell>
              ))}
            </Row>
          )}
        </TableBody>
      ) : (
        <TableBody items={rows}>
          {environment => <EnvironmentRow environment={environment} />}
        </TableBody>
      )}
    </TableRoot>
  );
}

function EnvironmentRow({ environment }: { environment: EnvironmentSummary }) {
  const paths = usePaths();
  const { id, name, blueprint, owner, createdAt } = environment;
  const href = paths.environment(environment);
  return (
    <Row id={id} href={href} className={styles.row}>
      <Cell textValue={name}>
        <Link
          href={href}
          standalone
          weight="bold"
          truncate
          title={name}
          className={styles.name}
        >
          {name}
        </Link>
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
    </Row>
  );
}
