import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  LeaseBrake,
  LeaseBrakeAnswer,
  leaseBrakePermission,
  LeaseBrakeRequest,
  LeaseBrakeStatus,
  ListWaitingLeasesQuery,
  Page,
  parseDurationSeconds,
  PostponeLeaseBrakeRequest,
  WaitingLease,
} from '@greenroom/plugin-environments-common';
import { AuditStore } from '../../audit/store';
import { addSeconds, Clock, laterOf } from '../../clock';
import { readCursor } from '../../cursor';
import { EnvironmentAccess } from '../../environments/access';
import { InputProblemError } from '../../errors';
import { readPage } from '../../page';
import { mayNotProblem, reasonMissing } from '../errors';
import { auditBrake } from './audit';
import { BrakeChangedError, BrakeOverError, PostponementError } from './errors';
import { BrakeSettings } from './leap';
import { WaitingList, waitingCursorSchema } from './list';
import { Brake, BrakeStore, BrakeWord } from './store';

const LONGEST_SECONDS = 30 * 86_400;

/** What people see of the brake, and the word of those who may say what becomes of it. */
export class BrakeService {
  constructor(
    private readonly options: {
      knex: Knex;
      access: EnvironmentAccess;
      brakes: BrakeStore;
      list: WaitingList;
      audit: AuditStore;
      brake: BrakeSettings;
      clock: Clock;
    },
  ) {}

  /** Everybody sees whether it is set, and of what waits what they may see. */
  async status(credentials: BackstageCredentials): Promise<LeaseBrakeStatus> {
    const { knex, access, brakes, brake: limits } = this.options;
    const [brake] = await brakes.holding(knex);
    return {
      brake: brake && (await this.#describe(brake, credentials)),
      limits,
      rights: {
        decide: await access.mayBasic(leaseBrakePermission, credentials),
      },
    };
  }

  async waiting(
    { cursor, limit, owner }: ListWaitingLeasesQuery,
    credentials: BackstageCredentials,
  ): Promise<Page<WaitingLease>> {
    const { knex, access, brakes, list } = this.options;
    const [brake] = await brakes.holding(knex);
    if (!brake) return { items: [], total: 0 };
    const { window } = brake;
    const visible = await access.visible(credentials);
    const request = { window, visible, owner };
    const from = cursor ? readCursor(cursor, waitingCursorSchema) : undefined;
    return readPage({
      limit,
      rows: most => list.page({ ...request, limit: most, cursor: from }),
      total: () => list.total(request),
      item: row => row.item,
      place: row => row.cursor,
    });
  }

  /** They end as they would have. */
  async release(
    id: string,
    request: LeaseBrakeRequest,
    credentials: BackstageCredentials,
  ): Promise<LeaseBrakeAnswer> {
    return this.#say(id, request, credentials, { end: 'released' });
  }

  /** Nothing of them falls due for so long from now on. */
  async postpone(
    id: string,
    request: PostponeLeaseBrakeRequest,
    credentials: BackstageCredentials,
  ): Promise<LeaseBrakeAnswer> {
    const seconds = parseDurationSeconds(request.by);
    if (!seconds || seconds < 60 || seconds > LONGEST_SECONDS) {
      throw new PostponementError(request.by);
    }
    return this.#say(id, request, credentials, { end: 'postponed', seconds });
  }

  async #say(
    id: string,
    { reason, revision: seen, dryRun = false }: LeaseBrakeRequest,
    credentials: BackstageCredentials,
    { end, seconds }: Pick<BrakeWord, 'end'> & { seconds?: number },
  ): Promise<LeaseBrakeAnswer> {
    const { knex, access, brakes, audit, clock } = this.options;
    if (!(await access.mayBasic(leaseBrakePermission, credentials))) {
      throw mayNotProblem(
        'say what becomes of the leases that the brake holds',
      );
    }
    const { actor: by } = await access.caller(credentials);
    if (!reason.trim()) throw new InputProblemError(reasonMissing());
    const at = clock.now();
    const { brake, environments } = await knex.transaction(async tx => {
      const open = await brakes.lockOpen(tx);
      if (open?.id !== id) throw new BrakeOverError();
      const { revision: present } = open;
      if (seen !== undefined && seen !== present) {
        throw new BrakeChangedError({ seen, present });
      }
      // Later than the window also where the clock of this process lags behind.
      const from = laterOf(at, open.window.until);
      const until =
        seconds === undefined ? undefined : addSeconds(from, seconds);
      const word = { end, by, reason: reason.trim(), at, until };
      const { falling } = await brakes.count(tx, open.window);
      if (!dryRun) {
        await brakes.speak(tx, open, word);
        await auditBrake(audit, tx, open, word.end, word);
      }
      return { brake: { ...open, word }, environments: falling };
    });
    return {
      dryRun,
      environments,
      brake: await this.#describe(brake, credentials),
    };
  }

  async #describe(
    { id, revision, since, window, counts, word }: Brake,
    credentials: BackstageCredentials,
  ): Promise<LeaseBrake> {
    const { access, list } = this.options;
    const visible = await access.visible(credentials);
    const request = { window, visible };
    const [waiting, owners] = await Promise.all([
      list.total(request),
      list.owners(request),
    ]);
    return {
      id,
      revision,
      since: since.toISOString(),
      dueAfter: window.after.toISOString(),
      dueUntil: window.until.toISOString(),
      ...counts,
      waiting,
      owners: owners.owners,
      ownersTotal: owners.total,
      word: word && {
        end: word.end,
        by: word.by,
        reason: word.reason,
        at: word.at.toISOString(),
        until: word.until?.toISOString(),
      },
    };
  }
}
