import { Accounts } from '../accounts';
import { Sandbox } from '../sandbox';
import { ApplicationCalls } from './applications';
import { ProjectCalls } from './projects';

/** All that callers can ask for, whichever way: by HTTP and JSON, or by gRPC. */
export interface Calls {
  accounts: Accounts;
  applications: ApplicationCalls;
  projects: ProjectCalls;
}

export function callsOn(
  sandbox: Sandbox,
  accounts: Accounts,
  frozen: () => boolean,
): Calls {
  return {
    accounts,
    applications: new ApplicationCalls(sandbox, frozen),
    projects: new ProjectCalls(sandbox),
  };
}

/** What it says which release it is like. */
export const VERSION = 'v3.2.11+stand-in';
