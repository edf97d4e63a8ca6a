import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { AuditStore } from '../../audit/store';
import { Clock } from '../../clock';
import { DatabaseClock } from '../../database';
import { EnvironmentAccess } from '../../environments/access';
import { EnvironmentChanges } from '../../environments/changes';
import { IdMaker } from '../../ids';
import { LeaseService } from '../service';
import { BrakeSettings } from './leap';
import { WaitingList } from './list';
import { BrakePostponement } from './postponement';
import { BrakeService } from './service';
import { BrakeStore } from './store';
import { BrakeTelling } from './telling';
import { LeaseWatch } from './watch';

/** The brake on ends of leases, furnished; nothing in it runs yet. */
export function createBrakeRoom(options: {
  knex: Knex;
  access: EnvironmentAccess;
  brakes: BrakeStore;
  leases: LeaseService;
  environments: EnvironmentChanges;
  audit: AuditStore;
  notifications: NotificationService;
  operators: string[];
  brake: BrakeSettings;
  databaseClock: DatabaseClock;
  clock: Clock;
  ids: IdMaker;
  random: () => number;
  onTold: () => void;
  logger: LoggerService;
}) {
  return {
    watch: new LeaseWatch(options),
    leaseBrake: new BrakeService({
      ...options,
      list: new WaitingList(options.knex),
    }),
    brakePostponement: new BrakePostponement(options),
    brakeTelling: new BrakeTelling(options),
  };
}
