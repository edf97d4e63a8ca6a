import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  environmentUpdatePermission,
  ExtendLeaseRequest,
  LeaseChange,
  leaseOverridePermission,
  MoveLeaseRequest,
} from '@greenroom/plugin-environments-common';
import { EnvironmentAccess } from '../environments/access';
import { LeaseChanges } from './changes';
import { mayNotProblem } from './errors';
import { decideExtend } from './extend';
import { readMove } from './move';
import { LeaseReader } from './reader';
import { decideShorten } from './shorten';

/** How people move the expiry of what is theirs. */
export class LeaseCommands {
  constructor(
    private readonly options: {
      access: EnvironmentAccess;
      reader: LeaseReader;
      changes: LeaseChanges;
    },
  ) {}

  async extend(
    environmentId: string,
    request: ExtendLeaseRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<LeaseChange> {
    const { access, reader, changes } = this.options;
    const environment = await reader.readable(environmentId, credentials);
    const { override = false } = request;
    if (override) {
      const [may] = await access.mayEach(
        [leaseOverridePermission],
        credentials,
        environment,
      );
      if (!may) throw mayNotProblem('extend a lease beyond its limits');
    } else {
      await access.require(
        environmentUpdatePermission,
        credentials,
        environment,
      );
    }
    const { actor } = await access.caller(credentials);
    const move = { ...readMove(request, { needsReason: override }), actor };
    return changes.make(credentials, idempotencyKey, {
      environment,
      actor,
      done: 'extended',
      request,
      decide: ({ lease, rules, now }) =>
        decideExtend(lease, rules, { ...move, override }, now),
    });
  }

  async shorten(
    environmentId: string,
    request: MoveLeaseRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<LeaseChange> {
    const { access, reader, changes } = this.options;
    const environment = await reader.readable(environmentId, credentials);
    await access.require(environmentUpdatePermission, credentials, environment);
    const { actor } = await access.caller(credentials);
    const move = { ...readMove(request), actor };
    return changes.make(credentials, idempotencyKey, {
      environment,
      actor,
      done: 'shortened',
      request,
      decide: ({ lease, rules, now }) => decideShorten(lease, rules, move, now),
    });
  }
}
