import { Config } from '@backstage/config';
import { z } from 'zod';
import { InputProblemError } from '../../errors';
import { newestFitting } from './constraint';
import { missing, refused, unreadable } from './problems';
import { RegistryHost, shownUrl } from './registryHost';

/** Where an address without a host is looked for, if the configuration names one of them. */
const PUBLIC = ['registry.opentofu.org', 'registry.terraform.io'];

/** The longest list of versions; public modules with hundreds of them have about 1 MB. */
const LARGEST_ANSWER = 8 * 1024 * 1024;

const REMEDY =
  'Have the operators of this portal add it to environments.blueprints.registries, or copy the module beside the blueprint.';

/** What a header can hold without quotes; `fetch` would tell anything else in its error. */
const SENDABLE = /^[\x21-\x7e]+$/;

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

/** Where a registry says that the files of a module are. */
export interface ModuleLocation {
  /** An address as in a module's `source`. */
  location: string;
  /** What it is relative to. */
  base: URL;
  /** Who says so. */
  host: RegistryHost;
}

/**
 * By host.
 *
 * @throws Error for what can't be sent as a token; it does not tell it
 */
export function readRegistries(config: Config): Map<string, RegistryHost> {
  const registries =
    config.getOptionalConfigArray('environments.blueprints.registries') ?? [];
  return new Map(
    registries.map(registry => {
      const url = new URL(registry.getString('url'));
      const token = registry.getOptionalString('token');
      if (token && !SENDABLE.test(token)) {
        throw new Error(
          `environments.blueprints.registries: the token of ${url.host} holds a space, a line break or another character that no token has`,
        );
      }
      return [url.host, new RegistryHost(url, token)];
    }),
  );
}

/** Registries of Terraform modules, by the protocol that both tools speak. */
export class Registries {
  /** @param allowed by host; no other is asked */
  constructor(private readonly allowed: Map<string, RegistryHost>) {}

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
    const host = this.#hostFor(address);
    const base = await modulesUrl(host, signal);
    const answer = await host.get(new URL(`${module}/versions`, base), signal);
    if (!answer) {
      throw missing(
        `${base.host} has no module "${module}"`,
        'Mend the name: it is namespace/name/provider.',
      );
    }
    const { modules } = await parse(VERSIONS, answer, base);
    const known = modules[0].versions.map(each => each.version);
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
   * @throws InputProblemError
   */
  async locationOf(
    address: RegistryAddress & { version: string },
    signal: AbortSignal,
  ): Promise<ModuleLocation> {
    const { module, version } = address;
    const host = this.#hostFor(address);
    const modules = await modulesUrl(host, signal);
    const base = new URL(`${module}/${version}/download`, modules);
    const answer = await host.get(base, signal);
    const location = answer && (await locationIn(answer, base));
    if (!location) {
      throw missing(
        `${base.host} has no version ${version} of the module "${module}"`,
        'See which versions it has.',
      );
    }
    return { location, base, host };
  }

  #hostFor(address: RegistryAddress): RegistryHost {
    return this.allowed.get(this.hostOf(address))!;
  }
}

/** Service discovery: where the module API of a host is, which must be the host itself. */
async function modulesUrl(
  host: RegistryHost,
  signal: AbortSignal,
): Promise<URL> {
  const at = new URL('/.well-known/terraform.json', host.url);
  const answer = await host.get(at, signal);
  if (!answer) throw missing(`${at.host} is no registry of modules`, REMEDY);
  const { 'modules.v1': path } = await parse(DISCOVERY, answer, at);
  const url = new URL(path.endsWith('/') ? path : `${path}/`, at);
  if (host.owns(url)) return url;
  throw refused(
    `The registry ${at.host} leads to ${url.host}, which may not be read`,
    REMEDY,
  );
}

/** In a header, or in the body as newer registries give it. */
async function locationIn(
  answer: Response,
  url: URL,
): Promise<string | undefined> {
  const header = answer.headers.get('x-terraform-get');
  if (header || answer.status === 204) return header ?? undefined;
  return (await parse(LOCATION, answer, url)).location;
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

async function parse<T>(
  schema: z.ZodType<T>,
  answer: Response,
  url: URL,
): Promise<T> {
  const text = await limitedText(answer).catch(error => {
    throw unreadable(shownUrl(url), error);
  });
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new InputProblemError({
      code: 'blueprint.source.unreadable',
      message: `${shownUrl(url)} did not answer as registries of modules do.`,
      remedy: 'See whether it is one, and publish again.',
    });
  }
}
