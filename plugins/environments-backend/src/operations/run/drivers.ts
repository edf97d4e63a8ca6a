import {
  DriverError,
  EnvironmentDriver,
} from '@greenroom/plugin-environments-node';

/** The drivers that modules registered, by the word that blueprints say. */
export class DriverRegistry {
  readonly #drivers = new Map<string, EnvironmentDriver>();

  /** @throws when a driver with that id is registered already */
  add(driver: EnvironmentDriver): void {
    if (this.#drivers.has(driver.id)) {
      throw new Error(`Two modules bring a driver "${driver.id}"`);
    }
    this.#drivers.set(driver.id, driver);
  }

  find(id: string): EnvironmentDriver | undefined {
    return this.#drivers.get(id);
  }

  /** @throws DriverError `driver.missing` */
  get(id: string): EnvironmentDriver {
    const driver = this.#drivers.get(id);
    if (driver) return driver;
    const known = [...this.#drivers.keys()].join(', ') || 'none';
    throw new DriverError({
      code: 'driver.missing',
      message: `No driver "${id}" is installed; installed: ${known}.`,
      remedy: `Add the backend module that brings the driver "${id}" to this backend and to every worker.`,
    });
  }
}
