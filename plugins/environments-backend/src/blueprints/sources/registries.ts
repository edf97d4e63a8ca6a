import { Config } from '@backstage/config';
import { isError } from '@backstage/errors';
import { z } from 'zod';
import { InputProblemError } from '../../errors';
import { newestFitting } from './constraint';
import { missing, refused, unreadable } from './problems';

/** Where an address without a host is looked for, if the configuration names one of them. */
const PUBLIC = ['registry.opentofu.org', 'registry.terraform.io'];

/** The longest list of versions; public modules with hundreds of them have about 1 MB. */
const LARGEST_ANSWER = 8 * 1024 * 1024;

const REMEDY =
  'Have the operators of this portal add it to environments.blueprints.registries, or copy the module beside the blueprint.';

const DISCOVERY = z.object({ 'modules.v1': z.string() });
const VERSIONS = z.object({
  modules: z
    .array(z.object({ versions: z.array(z.object({ version: z.string() })) }))
    .min(1),
});
const LOCATION = z.object({ location: z.string() });

/** A module at a registry that may be read, its version not yet decided. */
export interface RegistryAddress {
  host?: string;
  module: string;
  version?: string;
}

/** @returns base URLs by host */
export function readRegistries(config: Config): Map<string, URL> {
  const registries =
    config.getOptionalConfigArray('environments.blueprints.registries') ?? [];
  return new Map(
    registries.map(registry => {
      const url = new URL(registry.getString('url'));
      return [url.host, url];
    }),
  );
}

/** Registries of Terraform modules, by the protocol that both tools speak. */
export class Registries {
  /** @param allowed base URLs by host; no other host is asked, and none follows a redirect */
  constructor(private readonly allowed: Map<string, URL>) {}

  /** @throws InputProblemError when it may not be read */
  hostOf({ host, module }: RegistryAddress): string {
    const found = host ?? PUBLIC.find(name => this.allowed.has(name));
    if (!found || !this.allowed.has(found)) {
      throw refused(
        `The registry ${found ?? 'of public modules'}, which "${module}" is to come from, may not be read`,
        REMEDY,
      );
    }
    return found;
  }

  /**
   * The newest version that fits.
   *
   * @throws InputProblemError
   */
  async versionOf(
    address: RegistryAddress,
    signal: AbortSignal,
  ): Promise<string> {
    const { module, version } = address;
    const base = await this.#modulesUrl(this.hostOf(address), signal);
    const answer = await this.#get(new URL(`${module}/versions`, base), signal);
    if (!answer) {
      throw missing(
        `${base.host} has no module "${module}"`,
        'Mend the name: it is namespace/name/provider.',
      );
    }
    const known = parse(VERSIONS, answer.text, base).modules[0].versions.map(
      each => each.version,
    );
    const newest = newestFitting(known, version);
    if (newest === 'invalid') {
      throw missing(
        `"${version}" is no constraint on versions`,
        'Write one such as "~> 1.2", or an exact version.',
      );
    }
    if (!newest) {
      throw missing(
        `${base.host} has no version ${version ?? ''} of the module "${module}"`,
        `It has ${known.slice(0, 10).join(', ') || 'none'}.`,
      );
    }
    return newest;
  }

  /**
   * Where the files of a version are, as the registry says it.
   *
   * @returns an address as in a module's `source`, and what it is relative to
   * @throws InputProblemError
   */
  async locationOf(
    address: RegistryAddress & { version: string },
    signal: AbortSignal,
  ): Promise<{ location: string; base: URL }> {
    const { module, version } = address;
    const modules = await this.#modulesUrl(this.hostOf(address), signal);
    const base = new URL(`${module}/${version}/download`, modules);
    const answer = await this.#get(base, signal);
    const location =
      answer?.header ||
      (answer?.text && parse(LOCATION, answer.text, base).location);
    if (!location) {
      throw missing(
        `${base.host} has no version ${version} of the module "${module}"`,
        'See which versions it has.',
      );
    }
    return { location, base };
  }

  /** Service discovery: where the module API of a host is, which must be the host itself. */
  async #modulesUrl(host: string, signal: AbortSignal): Promise<URL> {
    const base = this.allowed.get(host)!;
    const at = new URL('/.well-known/terraform.json', base);
    const answer = await this.#get(at, signal);
    if (!answer) throw missing(`${host} is no registry of modules`, REMEDY);
    const path = parse(DISCOVERY, answer.text, at)['modules.v1'];
    const url = new URL(path.endsWith('/') ? path : `${path}/`, at);
    if (url.origin !== base.origin) {
      throw refused(
        `The registry ${host} leads to ${url.host}, which may not be read`,
        REMEDY,
      );
    }
    return url;
  }

  /** @returns undefined for 404 */
  async #get(
    url: URL,
    signal: AbortSignal,
  ): Promise<{ text: string; header: string | null } | undefined> {
    try {
      const response = await fetch(url, { redirect: 'error', signal });
      if (response.status === 404) return undefined;
      if (!response.ok) {
        throw new Error(`${response.status} ${response.statusText}`);
      }
      return {
        text: await limitedText(response),
        header: response.headers.get('x-terraform-get'),
      };
    } catch (error) {
      throw unreadable(url.href, causeOf(error));
    }
  }
}

/** `fetch` says "fetch failed" and no more; its cause says why. */
function causeOf(error: unknown): unknown {
  const cause = isError(error) ? error.cause : undefined;
  return isError(cause) ? cause : error;
}

async function limitedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_ANSWER) throw new Error('its answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse<T>(schema: z.ZodType<T>, text: string, url: URL): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new InputProblemError({
      code: 'blueprint.source.unreadable',
      message: `${url.href} did not answer as registries of modules do.`,
      remedy: 'See whether it is one, and publish again.',
    });
  }
}
