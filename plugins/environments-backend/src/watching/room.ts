import { Knex } from 'knex';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentChanges } from '../environments/changes';
import { ReadingMandates } from '../environments/readingMandate';
import { WatchMandates } from './mandate';
import { Recipients } from './recipients';
import { WatchService } from './service';
import { WatcherStore } from './store';

/** The room of who is told, furnished. */
export function createWatchRoom(options: {
  knex: Knex;
  access: EnvironmentAccess;
  readingMandates: ReadingMandates;
  environments: EnvironmentChanges;
  audit: AuditStore;
  onTold: () => void;
  clock: Clock;
}) {
  const parts = {
    ...options,
    watchers: new WatcherStore(),
    mandates: new WatchMandates(options),
  };
  return {
    watchers: parts.watchers,
    recipients: new Recipients(parts),
    watching: new WatchService(parts),
  };
}
