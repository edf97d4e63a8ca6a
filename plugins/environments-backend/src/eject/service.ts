import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  blueprintReadPermission,
  JsonObject,
} from '@greenroom/plugin-environments-common';
import { AuditStore } from '../audit/store';
import { BlueprintService } from '../blueprints/service';
import { rootOf, sourcePath } from '../blueprints/snapshot';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentNotFoundError } from '../environments/errors';
import { EnvironmentStore } from '../environments/store';
import { ComponentRecord, EnvironmentRecord } from '../environments/types';
import { DriverRegistry } from '../operations/run/drivers';
import { GivenVault } from '../operations/run/givenVault';
import { zipOf } from './archive';
import { NothingToEjectError } from './errors';
import { readmeOf } from './readme';
import { EjectedComponent, EjectedEnvironment } from './types';
import { withholdSecrets } from './withheld';

/** Only what a driver says of it is written there; nobody else on this machine reads it. */
const PRIVATE = 0o600;

/** Gives environments out as plain files, so that nobody is locked in. */
export class EjectService {
  constructor(
    private readonly options: {
      knex: Knex;
      access: EnvironmentAccess;
      store: EnvironmentStore;
      blueprints: Pick<BlueprintService, 'getById' | 'materialise'>;
      drivers: Pick<DriverRegistry, 'find'>;
      givenVault: GivenVault;
      audit: AuditStore;
      clock: Clock;
    },
  ) {}

  /**
   * An archive of every component as it was last applied: its files, what it was given, and how to
   * go on without Greenroom. Secrets are named and left out.
   *
   * Whoever may read the environment and blueprints may have it: it holds no more than they see.
   *
   * @throws EnvironmentNotFoundError, NotAllowedProblemError, NothingToEjectError
   */
  async eject(
    environmentId: string,
    credentials: BackstageCredentials,
  ): Promise<{ name: string; archive: Readable }> {
    const { knex, access, store, audit, clock } = this.options;
    const environment = await store.find(knex, environmentId);
    if (!environment || environment.trial) {
      throw new EnvironmentNotFoundError(environmentId);
    }
    await access.requireRead(credentials, environment);
    await access.requireBasic(blueprintReadPermission, credentials, {
      message: 'You may not see blueprints.',
      remedy: 'Ask the operators of this portal for the permission.',
    });
    const { actor } = await access.caller(credentials);
    const folder = await mkdtemp(join(tmpdir(), 'greenroom-eject-'));
    try {
      const ejected = await this.#write(environment, folder);
      await writeFile(join(folder, 'README.md'), readmeOf(ejected), {
        mode: PRIVATE,
      });
      await audit.append(knex, {
        at: ejected.at,
        actor,
        action: 'environment.ejected',
        environmentId,
        details: { components: ejected.components.map(({ id }) => id) },
      });
      const { name } = environment;
      return { name, archive: await zipOf(folder, name, clock.now()) };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #write(
    environment: EnvironmentRecord,
    folder: string,
  ): Promise<EjectedEnvironment> {
    const { knex, store, blueprints, clock } = this.options;
    const all = await store.components(knex, environment.id);
    const components: EjectedComponent[] = [];
    const leftOut: string[] = [];
    for (const component of all) {
      const ejected = await this.#component(
        environment,
        component,
        all,
        folder,
      );
      if (ejected) components.push(ejected);
      else leftOut.push(component.id);
    }
    if (components.length === 0)
      throw new NothingToEjectError(environment.name);
    const { name, owner, blueprintVersionId } = environment;
    const blueprint = await blueprints.getById(blueprintVersionId);
    return {
      name,
      owner,
      blueprint: blueprint.name,
      at: clock.now(),
      components,
      leftOut,
    };
  }

  /** Writes one component below the folder; undefined when nothing is known to have been made of it. */
  async #component(
    environment: EnvironmentRecord,
    component: ComponentRecord,
    all: ComponentRecord[],
    folder: string,
  ): Promise<EjectedComponent | undefined> {
    const { blueprints, drivers, givenVault } = this.options;
    const { id, driver, uses, withSealed, blueprintVersionId } = component;
    if (!withSealed || !blueprintVersionId) return undefined;
    const made = await blueprints.getById(blueprintVersionId);
    const source = sourcePath(made.document.spec.components[id].source);
    const root = join(folder, id);
    await blueprints.materialise({
      snapshotDigest: made.snapshotDigest,
      folder: root,
      below: rootOf(source),
    });
    const given = givenVault.open(environment.id, id, withSealed);
    const parted = withholdSecrets(made.document, id, given, all);
    const own = { id, folder: join(root, source), with: parted.with };
    const by = drivers.find(driver);
    if (by?.eject) await by.eject({ component: own });
    else await writeWith(own);
    return {
      id,
      driver,
      uses,
      ...parted,
      folder: join(id, source),
      blueprintVersion: made.version,
    };
  }
}

/** For a driver that knows no better form. */
async function writeWith(component: {
  folder: string;
  with: JsonObject;
}): Promise<void> {
  const text = `${JSON.stringify(component.with, null, 2)}\n`;
  await writeFile(join(component.folder, 'with.json'), text, { mode: PRIVATE });
}
