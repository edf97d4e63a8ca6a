import { Environment } from '@greenroom/plugin-environments-common';
import { useSearchParams } from 'react-router-dom';
import { useOpenPage } from '../activity/useReports';
import { EnvironmentActions } from '../change/EnvironmentActions';
import { Announce } from '../feedback/Announce';
import { LeaseTab } from '../leases/LeaseTab';
import { OperationsList } from '../operations/OperationsList';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { SectionTabs } from '../portal/SectionTabs';
import { EnvironmentStateBadge } from '../state/EnvironmentStateBadge';
import { EnvironmentLabels } from '../labels/EnvironmentLabels';
import { environmentStateView } from '../state/states';
import { StatesTab } from '../states/StatesTab';
import { FailingCheckNote } from '../teardownCheck/FailingCheckNote';
import { BusyNote } from './BusyNote';
import { Facts } from './Facts';
import { GraphTab } from './GraphTab';
import { OpenButtons } from './OpenButtons';
import { ResourcesTable } from './ResourcesTable';
import { TimeLeftCard } from './TimeLeftCard';

const TABS = [
  { id: 'graph', label: 'Graph' },
  { id: 'resources', label: 'Resources' },
  { id: 'operations', label: 'Operations' },
  { id: 'lease', label: 'Lease' },
  { id: 'states', label: 'State versions' },
] as const;

/** An environment and everything that is known of it, the first look in front. */
export function EnvironmentContent(props: { environment: Environment }) {
  const { environment } = props;
  const [parameters] = useSearchParams();
  const tab = TABS.find(({ id }) => id === parameters.get('tab')) ?? TABS[0];
  const tabs = useTabs(environment);
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
            <EnvironmentLabels environment={environment} />
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
      {tab.id === 'operations' && (
        <OperationsList environmentId={environment.id} />
      )}
      {tab.id === 'lease' && <LeaseTab environment={environment} />}
      {tab.id === 'states' && <StatesTab environment={environment} />}
    </>
  );
}

function useTabs(environment: Environment) {
  const paths = usePaths();
  const [parameters] = useSearchParams();
  const base = parameters.get('id')
    ? paths.environmentById(environment.id, environment.name)
    : paths.environment(environment);
  const resources = environment.components.reduce(
    (sum, one) => sum + one.resources,
    0,
  );
  const counts: Partial<Record<(typeof TABS)[number]['id'], number>> = {
    resources,
    operations: environment.latestOperation.number,
  };
  return TABS.map(({ id, label }) => ({
    id,
    label,
    count: counts[id],
    href:
      id === TABS[0].id
        ? base
        : `${base}${base.includes('?') ? '&' : '?'}tab=${id}`,
  }));
}
