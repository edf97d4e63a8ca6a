import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** The portal was told to keep its data in something else than PostgreSQL. */
export class DatabaseNotSupportedError extends InputError {
  readonly code = 'database-not-supported';

  constructor(place: string, client: string) {
    super(
      `Greenroom keeps its data in PostgreSQL 14 or newer, but the configuration says ${place}: ${client}. ` +
        `Set ${place} to "pg" and backend.database.connection to your server, or run ./greenroom start, which brings a PostgreSQL of its own.`,
    );
  }
}

/** @throws {@link DatabaseNotSupportedError} naming the first key that asks for another database */
export function requirePostgres(config: Config): void {
  const database = config.getOptionalConfig('backend.database');
  const places = [
    'client',
    ...(database?.getOptionalConfig('plugin')?.keys() ?? []).map(
      plugin => `plugin.${plugin}.client`,
    ),
  ];
  for (const place of places) {
    const client = database?.getOptionalString(place);
    if (client !== undefined && client !== 'pg') {
      throw new DatabaseNotSupportedError(`backend.database.${place}`, client);
    }
  }
}

/** Stops the start before any plugin touches a database that would lose operations. */
export const databaseGuard = createServiceFactory({
  service: createServiceRef<Record<string, never>>({
    id: 'greenroom.databaseGuard',
    scope: 'root',
  }),
  initialization: 'always',
  deps: { config: coreServices.rootConfig },
  factory({ config }) {
    requirePostgres(config);
    return {};
  },
});
