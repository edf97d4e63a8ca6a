import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { EnvironmentChanges } from '../../environments/changes';
import { LeaseService } from '../service';
import { MoreTimeLapse } from './lapse';
import { TimeRequestStore } from './store';
import { MoreTimeTelling } from './telling';

/** What follows from requests for more time by itself; nothing in it runs yet. */
export function createMoreTimeRoom(options: {
  knex: Knex;
  timeRequests: TimeRequestStore;
  leases: LeaseService;
  environments: EnvironmentChanges;
  notifications: NotificationService;
  operators: string[];
  random: () => number;
  onTold: () => void;
  logger: LoggerService;
}) {
  return {
    moreTimeLapse: new MoreTimeLapse(options),
    moreTimeTelling: new MoreTimeTelling(options),
  };
}
