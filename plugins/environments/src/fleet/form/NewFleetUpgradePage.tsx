import { PageFrame } from '../../portal/PageFrame';
import { PageTitle } from '../../portal/PageTitle';
import { usePaths } from '../../portal/paths';
import { FleetForm } from './FleetForm';

/** Asks for a fleet upgrade; nothing begins before its preview was seen. */
export function NewFleetUpgradePage() {
  const paths = usePaths();
  return (
    <PageFrame
      title="Upgrade a fleet"
      breadcrumbs={[
        { label: 'Fleet upgrades', href: paths.fleetUpgrades() },
        { label: 'New', href: paths.newFleetUpgrade() },
      ]}
    >
      <PageTitle
        title="Upgrade a fleet"
        answer="Many environments of one blueprint, in waves. Nothing begins before you have seen whom it is about."
      />
      <FleetForm />
    </PageFrame>
  );
}
