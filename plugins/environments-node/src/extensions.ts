import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { ActivitySource } from './activity';
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

export interface EnvironmentActivityExtensionPoint {
  /** The portal watches it; workers that run alone do not. */
  addSource(source: ActivitySource): void;
}

/** Where modules of the environments plugin register what sees environments being used. */
export const environmentActivityExtensionPoint =
  createExtensionPoint<EnvironmentActivityExtensionPoint>({
    id: 'environments.activity',
  });
