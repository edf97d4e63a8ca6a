import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Route, Routes } from 'react-router-dom';
import { BlueprintPage } from '../blueprints/BlueprintPage';
import { BlueprintsPage } from '../blueprints/BlueprintsPage';
import { ChangeInputsPage } from '../change/ChangeInputsPage';
import { ChooseBlueprintPage } from '../create/ChooseBlueprintPage';
import { CreatePage } from '../create/CreatePage';
import { createQueryClient } from '../data/queryClient';
import { useSignalRefetch } from '../data/useSignalRefetch';
import { EnvironmentPage } from '../environment/EnvironmentPage';
import { EnvironmentsPage } from '../environments/EnvironmentsPage';
import { FleetUpgradePage } from '../fleet/FleetUpgradePage';
import { FleetUpgradesPage } from '../fleet/FleetUpgradesPage';
import { NewFleetUpgradePage } from '../fleet/form/NewFleetUpgradePage';
import { LeasesPage } from '../leaseFleet/LeasesPage';
import { ExtendPage } from '../leases/ExtendPage';
import { OperationPage } from '../operation/OperationPage';
import { OperationsPage } from '../operations/OperationsPage';
import { OrphansPage } from '../orphans/OrphansPage';
import { NoSuchPage } from './NoSuchPage';

// The editor takes libraries that no other page needs.
const AuthoringPage = lazy(() => import('../authoring/AuthoringPage'));
const authoring = (
  <Suspense>
    <AuthoringPage />
  </Suspense>
);

/** Every page of the plugin, over one cache of answers. */
export function Portal() {
  const [queryClient] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <Pages />
    </QueryClientProvider>
  );
}

function Pages() {
  useSignalRefetch();
  return (
    <Routes>
      <Route index element={<EnvironmentsPage />} />
      <Route path="create" element={<ChooseBlueprintPage />} />
      <Route path="create/:blueprint" element={<CreatePage />} />
      <Route path="e/:name" element={<EnvironmentPage />} />
      <Route
        path="e/:name/update"
        element={<ChangeInputsPage key="update" kind="update" />}
      />
      <Route
        path="e/:name/upgrade"
        element={<ChangeInputsPage key="upgrade" kind="upgrade" />}
      />
      <Route path="operations" element={<OperationsPage />} />
      <Route path="extend/:token" element={<ExtendPage />} />
      <Route path="leases" element={<LeasesPage />} />
      <Route path="leases/:view" element={<LeasesPage />} />
      <Route path="orphans" element={<OrphansPage />} />
      <Route path="e/:name/operations/:number" element={<OperationPage />} />
      <Route path="fleet" element={<FleetUpgradesPage />} />
      <Route path="fleet/new" element={<NewFleetUpgradePage />} />
      <Route path="fleet/:id" element={<FleetUpgradePage />} />
      <Route path="blueprints" element={<BlueprintsPage />} />
      <Route path="blueprints/new" element={authoring} />
      <Route path="blueprints/:name" element={<BlueprintPage />} />
      <Route path="blueprints/:name/edit" element={authoring} />
      <Route path="*" element={<NoSuchPage />} />
    </Routes>
  );
}
