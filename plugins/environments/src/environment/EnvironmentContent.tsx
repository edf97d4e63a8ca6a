import {
  Environment,
  LiveComponents,
} from '@greenroom/plugin-environments-common';
import { useSearchParams } from 'react-router-dom';
import { useOpenPage } from '../activity/useReports';
import { EnvironmentActions } from '../change/EnvironmentActions';
import { Announce } from '../feedback/Announce';
import { LeaseTab } from '../leases/LeaseTab';
import { LiveTab } from '../live/LiveTab';
import { useLive } from '../live/queries';
import { systemsOf } from '../live/systems';
import { OperationsList } from '../operations/OperationsList';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { SectionTab, SectionTabs } from '../portal/SectionTabs';
import { EnvironmentStateBadge } from '../state/EnvironmentStateBadge';
import { EnvironmentLabels } from '../labels/EnvironmentLabels';
import { environmentStateView } from '../state/states';
import { StatesTab } from '../states/StatesTab';
import { FailingCheckNote } from '../teardownCheck/FailingCheckNote';
import { WatchControl } from '../watching/WatchControl';
import styles from './environment.module.css';
import { BusyNote } from './BusyNote';
import { Facts } from './Facts';
import { GraphTab } from './GraphTab';
import { OpenButtons } from './OpenButtons';
import { ResourcesTable } from './ResourcesTable';
import { TimeLeftCard } from './TimeLeftCard';

/** An environment and everything that is known of it, the first look in front. */
export function EnvironmentContent(props: { environment: Environment }) {
  const { environment } = props;
  const [parameters] = useSearchParams();
  const tabs = useTabs(environment);
  const tab = tabs.find(({ id }) => id === parameters.get('tab')) ?? tabs[0];
  const gone = environment.state === 'destroyed';
  useOpenPage(environment);
  return (
    <>
      <Announce
        text={`${environment.name} is ${environmentStateView(environment.state).word.toLowerCase()}`}
      />
      <PageTitle
        title={environment.name}
        state={<EnvironmentStateBadge environment={environment} large />}
        answer={
          <>
            <Facts environment={environment} />
            <div className={styles.beside}>
              <EnvironmentLabels environment={environment} />
              {!gone && <WatchControl environment={environment} />}
            </div>
          </>
        }
        actions={
          gone ? null : (
            <>
              <OpenButtons environment={environment} />
              <EnvironmentActions environment={environment} />
            </>
          )
        }
      />
      {environment.activeOperation && (
        <BusyNote
          environment={environment}
          operation={environment.activeOperation}
        />
      )}
      {!gone && <TimeLeftCard environment={environment} />}
      {!gone && <FailingCheckNote environment={environment} />}
      <SectionTabs
        label={`Parts of ${environment.name}`}
        tabs={tabs}
        current={tab.id}
      />
      {tab.id === 'graph' && <GraphTab environment={environment} />}
      {tab.id === 'resources' && <ResourcesTable environment={environment} />}
      {tab.id === 'live' && <LiveTab environment={environment} />}
      {tab.id === 'operations' && (
        <OperationsList environmentId={environment.id} />
      )}
      {tab.id === 'lease' && <LeaseTab environment={environment} />}
      {tab.id === 'states' && <StatesTab environment={environment} />}
    </>
  );
}

function useTabs(environment: Environment): SectionTab[] {
  const paths = usePaths();
  const [parameters] = useSearchParams();
  const live = useLive(environment).data;
  const systems = systemsOf(environment, live);
  const base = parameters.get('id')
    ? paths.environmentById(environment.id, environment.name)
    : paths.environment(environment);
  const resources = environment.components.reduce(
    (sum, one) => sum + one.resources,
    0,
  );
  const tab = (id: string, label: string, count?: number) => ({
    id,
    label,
    count,
    href: `${base}${base.includes('?') ? '&' : '?'}tab=${id}`,
  });
  return [
    { id: 'graph', label: 'Graph', href: base },
    tab('resources', 'Resources', resources),
    ...(systems ? [tab('live', systems, liveCount(live))] : []),
    tab('operations', 'Operations', environment.latestOperation.number),
    tab('lease', 'Lease'),
    tab('states', 'State versions'),
  ];
}

/** Undefined while it is not known: a system that can't be asked may run something. */
function liveCount(live?: LiveComponents): number | undefined {
  return live?.problems.length
    ? live.items.length || undefined
    : live?.items.length;
}
