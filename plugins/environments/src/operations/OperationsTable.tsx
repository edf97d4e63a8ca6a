import { Cell, Link, Row } from '@backstage/ui';
import { OperationSummary } from '@greenroom/plugin-environments-common';
import { ListColumn, ListTable } from '../list/ListTable';
import { operationTitle, planText } from '../operation/words';
import { usePaths } from '../portal/paths';
import { StateBadge } from '../state/StateBadge';
import { OPERATION_VIEWS } from '../state/states';
import { Elapsed } from '../time/Elapsed';
import { Moment } from '../time/Moment';
import { whyText } from './whyText';
import styles from '../list/list.module.css';

const COLUMNS: ListColumn[] = [
  { id: 'operation', label: 'Operation', width: '132px' },
  { id: 'environment', label: 'Environment' },
  { id: 'state', label: 'State', width: '216px' },
  { id: 'why', label: 'Why' },
  { id: 'plan', label: 'Plan', width: '110px' },
  { id: 'asked', label: 'Asked for', width: '156px' },
  { id: 'took', label: 'Took', width: '110px' },
];

/** Operations, newest first; the environment is left out on its own page. */
export function OperationsTable(props: {
  rows: readonly OperationSummary[];
  loading: boolean;
  ofOneEnvironment: boolean;
}) {
  const { rows, loading, ofOneEnvironment } = props;
  const columns = COLUMNS.filter(
    ({ id }) => !(ofOneEnvironment && id === 'environment'),
  );
  return (
    <ListTable
      label="Operations"
      columns={columns}
      rows={rows}
      loading={loading}
    >
      {operation => (
        <OperationRow
          operation={operation}
          ofOneEnvironment={ofOneEnvironment}
        />
      )}
    </ListTable>
  );
}

function OperationRow(props: {
  operation: OperationSummary;
  ofOneEnvironment: boolean;
}) {
  const { operation, ofOneEnvironment } = props;
  const paths = usePaths();
  const { id, environmentName, environmentId, plan, startedAt } = operation;
  const href = paths.operationOf(operation);
  return (
    <Row id={id} href={href} className={styles.row}>
      <Cell textValue={operationTitle(operation)}>
        <Link
          href={href}
          standalone
          weight="bold"
          className={styles.name}
          aria-label={`${operationTitle(operation)} of ${environmentName}`}
        >
          {operationTitle(operation)}
        </Link>
      </Cell>
      {!ofOneEnvironment && (
        <Cell>
          <Link
            href={paths.environmentById(environmentId, environmentName)}
            standalone
            truncate
            title={environmentName}
            className={styles.name}
          >
            {environmentName}
          </Link>
        </Cell>
      )}
      <Cell>
        <StateBadge view={OPERATION_VIEWS[operation.state]} />
      </Cell>
      <Cell>
        <span className={styles.clip} title={whyText(operation)}>
          {whyText(operation)}
        </span>
      </Cell>
      <Cell>{plan ? planText(plan) : '–'}</Cell>
      <Cell>
        <Moment at={operation.requestedAt} inWords />
      </Cell>
      <Cell>
        {startedAt ? (
          <Elapsed from={startedAt} to={operation.finishedAt} />
        ) : (
          '–'
        )}
      </Cell>
    </Row>
  );
}
