import { join } from 'node:path';
import { DriverContext } from '@greenroom/plugin-environments-node';
import { StateService } from '../../states/service';
import { HeldClaim } from '../worker/claim';
import { LogWriter } from '../logs/logWriter';
import { Mask } from '../run/mask';
import { Recipe } from '../run/recipe';
import { ResourceReports } from './reports';
import { OperationScope } from '../run/scope';
import { StepRecord } from '../types';
import { WorkFolder } from '../run/workFolder';

/** Furnishes drivers: a folder with the source, the state's password, a log, a way to report. */
export class StepContexts {
  readonly #access = new Map<string, Promise<DriverContext['state']>>();

  constructor(
    private readonly options: {
      held: HeldClaim;
      scope: OperationScope;
      folder: WorkFolder;
      log: LogWriter;
      mask: Mask;
      reports: ResourceReports;
      states: StateService;
      /** Where the state protocol is served. */
      statesUrl: string;
    },
  ) {}

  async of(step: StepRecord, recipe: Recipe): Promise<DriverContext> {
    const { held, scope, folder, log, reports } = this.options;
    const { signal, claim } = held;
    const { snapshotDigest, sourcePath, paused } = recipe;
    const root = await folder.ofComponent(
      step.component,
      snapshotDigest,
      signal,
    );
    const { id, name, owner, type } = scope.environment;
    return {
      operationId: claim.operationId,
      fence: claim.fence,
      environment: { id, name, owner, type },
      component: {
        id: step.component,
        with: recipe.with,
        paused,
        folder: join(root, sourcePath),
        sourcePath,
      },
      state: await this.#stateAccess(step.component),
      log: log.sink(step.id),
      made: resource => reports.add(step.component, resource),
      signal,
    };
  }

  /** One password per component and claim, made when first needed. */
  #stateAccess(component: string): Promise<DriverContext['state']> {
    const made = this.#access.get(component) ?? this.#issue(component);
    this.#access.set(component, made);
    return made;
  }

  async #issue(component: string): Promise<DriverContext['state']> {
    const { held, states, mask, statesUrl } = this.options;
    const { stateId, token } = await held.write(async tx => {
      // One that this operation adds has none yet.
      await states.prepare(tx, held.claim.environmentId, [component]);
      return states.issueToken(tx, { ...held.claim, component });
    });
    mask.hide(token);
    const address = `${statesUrl}/${stateId}`;
    return {
      address,
      lockAddress: `${address}/lock`,
      unlockAddress: `${address}/lock`,
      username: held.claim.operationId,
      password: token,
    };
  }
}
