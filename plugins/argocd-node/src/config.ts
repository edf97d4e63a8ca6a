import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** How a client shows who it is. */
export type ArgocdCredentials =
  | { token: string }
  | {
      username: string;
      password: string;
    };

/** One Argo CD, as the configuration names it. */
export interface ArgocdInstanceConfig {
  name: string;
  /** Without a slash at its end. */
  url: string;
  /** Where people open it, if not at `url`; without a slash at its end. */
  frontendUrl?: string;
  credentials: ArgocdCredentials;
  /** PEM certificates to trust instead of the system's. */
  ca?: string;
  timeoutMs: number;
  requestsPerSecond: number;
}

/**
 * Reads the instances of `argocd.appLocatorMethods`.
 *
 * @throws InputError, with the place, for an instance that can't be used
 */
export function readArgocdConfig(root: Config): ArgocdInstanceConfig[] {
  const argocd = root.getOptionalConfig('argocd');
  const instances = (argocd?.getOptionalConfigArray('appLocatorMethods') ?? [])
    .filter(method => method.getString('type') === 'config')
    .flatMap(method => method.getOptionalConfigArray('instances') ?? [])
    .map(config => readInstance(config, argocd));
  const names = new Set<string>();
  for (const { name } of instances) {
    if (names.has(name))
      throw new InputError(
        `Two instances in argocd.appLocatorMethods are called "${name}". Give each a name of its own`,
      );
    names.add(name);
  }
  return instances;
}

function readInstance(config: Config, shared?: Config): ArgocdInstanceConfig {
  const name = config.getString('name');
  return {
    name,
    url: readUrl(config, 'url'),
    frontendUrl: config.has('frontendUrl')
      ? readUrl(config, 'frontendUrl')
      : undefined,
    credentials: readCredentials(config, name, shared),
    ca: config.getOptionalString('ca'),
    timeoutMs: positive(config, 'timeoutSeconds', 20) * 1000,
    requestsPerSecond: positive(config, 'requestsPerSecond', 20),
  };
}

function readUrl(config: Config, key: 'url' | 'frontendUrl'): string {
  const text = config.getString(key);
  const whose = `The ${key} of the Argo CD instance "${config.getString('name')}"`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new InputError(
      `${whose} is no address: it must be like https://argocd.example.com`,
    );
  if (url.username || url.password)
    throw new InputError(
      `${whose} holds an account. Set username and password beside it instead`,
    );
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function readCredentials(
  config: Config,
  name: string,
  shared?: Config,
): ArgocdCredentials {
  const token = config.getOptionalString('token');
  if (token) return { token };
  for (const place of [config, shared]) {
    const username = place?.getOptionalString('username');
    const password = place?.getOptionalString('password');
    if (username && password) return { username, password };
  }
  throw new InputError(
    `The Argo CD instance "${name}" has neither a token nor a username and a password. Set one of them beside its url`,
  );
}

function positive(config: Config, key: string, otherwise: number): number {
  const value = config.getOptionalNumber(key) ?? otherwise;
  if (!(value > 0))
    throw new InputError(
      `${key} of the Argo CD instance "${config.getString('name')}" is ${value}; it must be more than 0`,
    );
  return value;
}
