import { activityPaths, activitySchemas } from './activity/openapi';
import { blueprintPaths, blueprintSchemas } from './blueprints/openapi';
import {
  blueprintVersionPaths,
  blueprintVersionSchemas,
} from './blueprints/versionOpenapi';
import { bulkPaths, bulkSchemas } from './bulk/openapi';
import { ejectPaths } from './eject/openapi';
import { environmentPaths } from './environments/openapi';
import { environmentSchemas } from './environments/openapiSchemas';
import { fleetPaths, fleetSchemas } from './fleet/openapi';
import { brakePaths, brakeSchemas } from './leases/brake/openapi';
import { leaseFleetPaths, leaseFleetSchemas } from './leases/fleet/openapi';
import { moreTimePaths, moreTimeSchemas } from './leases/moreTime/openapi';
import { leasePaths, leaseSchemas } from './leases/openapi';
import { sleepPaths, sleepSchemas } from './leases/sleeps/openapi';
import { whatIfPaths, whatIfSchemas } from './leases/whatIf/openapi';
import { livePaths, liveSchemas } from './live/openapi';
import { sharedSchemas } from './openapiParts';
import { logPaths, logSchemas } from './operations/logs/logOpenapi';
import { operationPaths } from './operations/api/openapi';
import { operationSchemas } from './operations/api/openapiSchemas';
import { rekeyPaths, rekeySchemas } from './secrets/openapi';
import { statePaths, stateSchemas } from './states/openapi';
import { orphanPaths, orphanSchemas } from './teardown/openapi';
import { watchPaths, watchSchemas } from './watching/openapi';

/** The contract of this plugin's API; requests are checked against it before any route sees them. */
export const openApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Environments',
    version: '1',
    description:
      "Blueprints, environments and operations. Terraform's http state protocol is served beside it at /states/{id}; its LOCK and UNLOCK methods are none that OpenAPI knows.",
  },
  servers: [{ url: '/' }],
  paths: {
    ...blueprintPaths,
    ...blueprintVersionPaths,
    ...environmentPaths,
    ...bulkPaths,
    ...ejectPaths,
    ...leasePaths,
    ...brakePaths,
    ...moreTimePaths,
    ...leaseFleetPaths,
    ...sleepPaths,
    ...activityPaths,
    ...whatIfPaths,
    ...operationPaths,
    ...logPaths,
    ...orphanPaths,
    ...statePaths,
    ...rekeyPaths,
    ...fleetPaths,
    ...watchPaths,
    ...livePaths,
  },
  components: {
    schemas: {
      ...sharedSchemas,
      ...blueprintSchemas,
      ...blueprintVersionSchemas,
      ...environmentSchemas,
      ...bulkSchemas,
      ...leaseSchemas,
      ...brakeSchemas,
      ...moreTimeSchemas,
      ...leaseFleetSchemas,
      ...sleepSchemas,
      ...activitySchemas,
      ...whatIfSchemas,
      ...operationSchemas,
      ...logSchemas,
      ...orphanSchemas,
      ...stateSchemas,
      ...rekeySchemas,
      ...fleetSchemas,
      ...watchSchemas,
      ...liveSchemas,
    },
  },
} as const;
