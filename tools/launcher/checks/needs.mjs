import { ARGOCD_VERSION, bringArgocd } from '../argocd/programs.mjs';
import { startArgocd } from '../argocd/throw-away.mjs';
import { findOnPath } from '../executables.mjs';
import { startTestDatabase } from '../postgres/throw-away.mjs';
import { Problem } from '../problem.mjs';
import { bringTofu } from '../terraform/find.mjs';
import { findProviders } from '../terraform/providers.mjs';
import { isRecent, nameOf, readVersion } from '../terraform/version.mjs';
import { bringChromium } from './chromium.mjs';

/**
 * What checks need, brought once when the first of them asks. Each returns
 * the environment variables by which a check finds it.
 */
export class Needs {
  #paths;
  #report;
  #brought = new Map();
  #database;
  #argocd;

  constructor(paths, report) {
    this.#paths = paths;
    this.#report = report;
  }

  async env(names = []) {
    const env = {};
    for (const name of names) {
      if (!this.#brought.has(name)) {
        this.#brought.set(name, this[name]());
      }
      Object.assign(env, await this.#brought.get(name));
    }
    return env;
  }

  async database() {
    await this.#report.step('PostgreSQL for the tests', async () => {
      this.#database = await startTestDatabase(this.#paths);
    });
    return this.#database.env;
  }

  /** Removes what was only for this run. */
  async close() {
    await this.#argocd?.stop();
    await this.#database?.stop();
  }

  /** Both tools: what runs on one must run on the other. */
  async terraform() {
    const env = {};
    await this.#report.step('Terraform and OpenTofu', async () => {
      const words = [];
      const terraform = await recent('terraform', 'terraform');
      if (terraform) {
        env.GREENROOM_TEST_TERRAFORM = terraform.path;
        words.push(nameOf(terraform));
      } else {
        words.push('no Terraform on the PATH, so without it');
      }
      const tofu =
        (await recent('tofu', 'tofu')) ??
        (await bringTofu(this.#paths, this.#report));
      env.GREENROOM_TEST_TOFU = tofu.path;
      words.push(nameOf(tofu));
      const mirror = await this.#mirror(terraform);
      if (mirror) {
        env.GREENROOM_PROVIDER_MIRROR = mirror;
        words.push('providers from the mirror');
      }
      return words.join(', ');
    });
    return env;
  }

  // One mirror serves both; it is needed if either registry can't be reached.
  async #mirror(terraform) {
    const kinds = ['tofu', ...(terraform ? ['terraform'] : [])];
    for (const kind of kinds) {
      const found = await findProviders(this.#paths, this.#report, kind);
      if (found.mirror) {
        return found.mirror;
      }
    }
    return undefined;
  }

  /** A real one. Where none can be had its tests are skipped, and say why: what they prove of it stays true without it. */
  async argocd() {
    const env = {};
    await this.#report.step('Argo CD', async () => {
      try {
        const programs = await bringArgocd(this.#paths, this.#report);
        this.#argocd = await startArgocd(this.#paths, programs, 'test-argocd');
      } catch (error) {
        if (!(error instanceof Problem)) {
          throw error;
        }
        const [reason] = error.message.split(/ Its last lines:|\n/);
        env.GREENROOM_TEST_ARGOCD_MISSING = reason;
        return `none, so tests on a real one are skipped. ${error.message}`;
      }
      env.GREENROOM_TEST_ARGOCD = this.#argocd.settings;
      return `${ARGOCD_VERSION}, ${this.#argocd.words}`;
    });
    return env;
  }

  async chromium() {
    let path;
    await this.#report.step('Chromium', async () => {
      path = await bringChromium(this.#paths, this.#report);
      return path ?? "Playwright's own";
    });
    return path ? { GREENROOM_CHROMIUM: path } : {};
  }
}

async function recent(name, kind) {
  const path = findOnPath(name);
  const version = path && (await readVersion(path));
  return version?.kind === kind && isRecent(version)
    ? { path, ...version }
    : undefined;
}
