import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { EnvironmentChanges } from '../../environments/changes';
import { LeaseService } from '../service';
import { WarningStore } from './store';
import { WarningSweep } from './sweep';
import { WarningTelling } from './telling';

/** Warnings before leases end, furnished; nothing in it runs yet. */
export function createWarningRoom(options: {
  knex: Knex;
  leases: LeaseService;
  environments: EnvironmentChanges;
  notifications: NotificationService;
  random: () => number;
  logger: LoggerService;
}) {
  const warnings = new WarningStore();
  return {
    warningSweep: new WarningSweep({ ...options, warnings }),
    warningTelling: new WarningTelling({ ...options, warnings }),
  };
}
