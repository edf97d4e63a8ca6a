import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { EnvironmentDriver } from './driver';

export interface EnvironmentDriversExtensionPoint {
  /** @throws when a driver with that id is registered already. */
  addDriver(driver: EnvironmentDriver): void;
}

/** Where modules of the environments plugin register their drivers. */
export const environmentDriversExtensionPoint =
  createExtensionPoint<EnvironmentDriversExtensionPoint>({
    id: 'environments.drivers',
  });
