import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Clock } from '../../clock';
import { EnvironmentAccess } from '../../environments/access';
import { EnvironmentChanges } from '../../environments/changes';
import { Keyring } from '../../secrets/keyring';
import { Recipients } from '../../watching/recipients';
import { LeaseCommands } from '../commands';
import { LeaseReader } from '../reader';
import { LeaseService } from '../service';
import { ExtendOffers } from './offers';
import { WarningStore } from './store';
import { WarningSweep } from './sweep';
import { WarningTelling } from './telling';

/** Warnings before leases end, furnished; nothing in it runs yet. */
export function createWarningRoom(options: {
  knex: Knex;
  keyring: Keyring;
  access: EnvironmentAccess;
  leases: LeaseService;
  leaseReader: LeaseReader;
  leaseCommands: LeaseCommands;
  environments: EnvironmentChanges;
  notifications: NotificationService;
  recipients: Recipients;
  clock: Clock;
  random: () => number;
  logger: LoggerService;
}) {
  const warnings = new WarningStore();
  const extendOffers = new ExtendOffers(options);
  return {
    extendOffers,
    warningSweep: new WarningSweep({ ...options, warnings }),
    warningTelling: new WarningTelling({
      ...options,
      warnings,
      offers: extendOffers,
    }),
  };
}
