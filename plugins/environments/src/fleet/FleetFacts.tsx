import { Link } from '@backstage/ui';
import {
  FleetUpgrade,
  MaintenanceWindow,
} from '@greenroom/plugin-environments-common';
import { EntityLink } from '../entity/EntityLink';
import { entityName } from '../entity/names';
import { Card } from '../portal/Card';
import { usePaths } from '../portal/paths';
import styles from './fleet.module.css';

const ORDERS = {
  name: 'by name',
  newest: 'newest first',
  oldest: 'oldest first',
};

/** What was asked for. */
export function FleetFacts({ upgrade }: { upgrade: FleetUpgrade }) {
  const { blueprint, to, selection, order, concurrency } = upgrade;
  const { failureBudget, failures, windows, actsFor } = upgrade;
  const paths = usePaths();
  const chosen = [
    selection.version && `on ${selection.version.join(', ')}`,
    selection.owner && `of ${selection.owner.map(entityName).join(', ')}`,
    selection.type && `of type ${selection.type.join(', ')}`,
    selection.label && `labelled ${selection.label.join(', ')}`,
    selection.name && `named ${selection.name.join(', ')}`,
  ].filter(Boolean);
  return (
    <Card title="What was asked for">
      <dl className={styles.facts}>
        <dt>Blueprint</dt>
        <dd>
          <Link href={paths.blueprint(blueprint.name)}>{blueprint.title}</Link>{' '}
          to {to}
        </dd>
        <dt>Environments</dt>
        <dd>{chosen.length > 0 ? chosen.join(', ') : 'all of its'}</dd>
        <dt>Order</dt>
        <dd>
          {ORDERS[order]}, {concurrency} at once
        </dd>
        <dt>Failures</dt>
        <dd>
          {failures} of {failureBudget} that may
        </dd>
        <dt>Windows</dt>
        <dd>
          {windows.length === 0
            ? 'at any time'
            : windows.map(one => (
                <div key={windowText(one)}>{windowText(one)}</div>
              ))}
        </dd>
        <dt>Acts for</dt>
        <dd>
          <EntityLink entityRef={actsFor} />
        </dd>
      </dl>
    </Card>
  );
}

/** `Sat, Sun 22:00–04:00 Europe/Berlin` */
export function windowText(window: MaintenanceWindow): string {
  const { days, from, to, timeZone } = window;
  const named = days.map(day => `${day[0].toUpperCase()}${day.slice(1)}`);
  return `${named.join(', ')} ${from}–${to} ${timeZone}`;
}
