import { valid as validSemver } from 'semver';
import { Problem } from '../problem';

/**
 * Where a component's source is: beside the document, in Git at a ref, or in a registry of
 * Terraform modules at an exact version. `folder` is below the document, or below what is fetched.
 */
export type SourceAddress =
  | { kind: 'folder'; folder: string }
  | {
      kind: 'git';
      /** As the host shows a folder at a ref: what is fetched, whole. */
      url: string;
      folder: string;
    }
  | {
      kind: 'registry';
      /** Absent: the public registry. */
      host?: string;
      /** `namespace/name/provider` */
      module: string;
      version: string;
      folder: string;
    };

const FORMS =
  'Write a folder (./site), a Git address at a ref (https://github.com/acme/modules/tree/v1.2.0/site), or a registry module at an exact version (acme/site/aws?version=1.2.0).';
const FOLDER = 'Write the folder relative to this file, below it: ./site.';

const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9_-]{0,62}[a-zA-Z0-9])?';
const HOST = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*\\.)+[a-zA-Z0-9-]+(?::[0-9]{1,5})?';
const REGISTRY = new RegExp(
  `^(?:(${HOST})/)?(${LABEL}/${LABEL}/[a-z0-9]{1,64})(?://([^?]*))?(?:\\?(.*))?$`,
);

/**
 * What is left of `//` and what is right of it, as Terraform writes addresses: the package that
 * is fetched, and a folder in it. The `//` of a scheme does not count.
 */
export function splitPackage(address: string): [string, string] {
  const [path, query] = cut(address, address.indexOf('?'));
  const scheme = path.indexOf('://');
  const from = scheme < 0 ? 0 : scheme + 3;
  const at = path.indexOf('//', from);
  if (at < 0) return [address, ''];
  return [path.slice(0, at) + query, path.slice(at + 2)];
}

/** Reads what stands in `source`, or says what is wrong with it. */
export function readSource(source: string): SourceAddress | Problem {
  if (/[\p{Cc}\\]/u.test(source)) return unsupported(source);
  if (/^(\.\.|\/|[a-zA-Z]:[\\/])/.test(source)) return outside(source, FOLDER);
  if (/^\.(\/|$)/.test(source)) {
    const folder = stepsOf(source);
    return folder === undefined
      ? outside(source, FOLDER)
      : { kind: 'folder', folder };
  }
  if (/^https?:\/\//.test(source)) return readGit(source);
  return readRegistry(source);
}

function readGit(source: string): SourceAddress | Problem {
  const [url, below] = splitPackage(source);
  const folder = stepsOf(below);
  const path = addressPath(url);
  if (folder === undefined || path?.split('/').includes('..')) {
    return outside(source, FORMS);
  }
  // A host without a path is no repository, and a name or password in it would be shown to all.
  if (!path || stepsOf(path) === '') return unsupported(source);
  return { kind: 'git', url, folder };
}

/** Decoded as far as a server may decode it; undefined when it is no address to be read. */
function addressPath(url: string): string | undefined {
  try {
    const { username, password, hash } = new URL(url);
    if (username || password || hash || /\s/.test(url)) return undefined;
    // Not URL's own path, in which `..` is followed already.
    return decodeURIComponent(url.replace(/^https?:\/\/[^/]*/, ''));
  } catch {
    return undefined;
  }
}

function readRegistry(source: string): SourceAddress | Problem {
  const [, host, module, below = '', query] = REGISTRY.exec(source) ?? [];
  if (!module) return unsupported(source);
  const folder = stepsOf(below);
  if (folder === undefined) return outside(source, FORMS);
  const version = /^version=([^&]*)$/.exec(query ?? '')?.[1];
  if (!version || validSemver(version) !== version) {
    const bare = source.split('?')[0];
    return {
      code: 'blueprint.source.version',
      message: `The source "${source}" names no exact version of the registry module.`,
      remedy: `Write the version behind it: ${bare}?version=1.2.0. A range would not say what is published.`,
    };
  }
  return { kind: 'registry', ...(host && { host }), module, version, folder };
}

/** `./a//b/` as `a/b`; undefined when it leads out. */
function stepsOf(path: string): string | undefined {
  const steps = path.split('/').filter(step => step !== '' && step !== '.');
  return steps.includes('..') ? undefined : steps.join('/');
}

function cut(text: string, at: number): [string, string] {
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

function outside(source: string, remedy: string): Problem {
  return {
    code: 'blueprint.source.outside',
    message: `The source "${source}" leads out of its folder.`,
    remedy,
  };
}

function unsupported(source: string): Problem {
  return {
    code: 'blueprint.source.unsupported',
    message: `The source "${source}" is none that Greenroom reads.`,
    remedy: FORMS,
  };
}
