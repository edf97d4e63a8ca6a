import { posix } from 'node:path';
import { splitPackage } from '@greenroom/plugin-environments-common';
import { DriverPackageAddress } from '@greenroom/plugin-environments-node';
import { TerraformTool } from '@greenroom/plugin-terraform-node';

/** What the `source` of a module call says. */
export type ModuleAddress =
  | {
      kind: 'local';
      /** Relative to the module that calls. */
      path: string;
      /** As the tool itself writes it down. */
      canonical: string;
    }
  | {
      kind: 'package';
      address: DriverPackageAddress;
      /** Within the package. */
      folder: string;
      canonical: string;
    }
  | { kind: 'refused'; why: string; remedy: string };

const DEFAULT_REGISTRY = {
  OpenTofu: 'registry.opentofu.org',
  Terraform: 'registry.terraform.io',
} as const;

const FORMS =
  'Call a module beside this one (./net), in Git over https (git::https://host/owner/repository.git//net?ref=v1.2.0), or in a registry (namespace/name/provider)';

const REGISTRY =
  /^(?:([a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+(?::\d+)?)\/)?([\w-]+\/[\w-]+\/[a-z0-9]+)$/;
const GITHUB = /^github\.com\/([\w.-]+)\/([\w.-]+?)(?:\.git)?(\?.*)?$/;
const GIT = /^git::(https?:\/\/[^?\s@]+)(?:\?(.*))?$/;

/**
 * Reads an address as both tools do. Whatever they would fetch in another way than from Git over
 * https or a registry is refused: files of the worker, ssh with its keys, buckets, any URL.
 */
export function readModuleAddress(
  { source, version }: { source: string; version?: string },
  product: TerraformTool['product'],
): ModuleAddress {
  if (/^\.\.?(\/|$)/.test(source)) return local(source);
  const [whole, below] = splitPackage(source);
  const folder = posix.normalize(below || '.');
  if (folder.startsWith('..') || posix.isAbsolute(folder)) {
    return refused(`"${source}" leads out of its package`);
  }
  const within = folder === '.' ? '' : folder.replace(/\/$/, '');
  const [, host, module] = REGISTRY.exec(whole) ?? [];
  if (module && host !== 'github.com') {
    const canonical = `${host ?? DEFAULT_REGISTRY[product]}/${module}`;
    return {
      kind: 'package',
      address: {
        kind: 'registry',
        ...(host && { host }),
        module,
        ...(version !== undefined && { version }),
      },
      folder: within,
      canonical: joined(canonical, within, ''),
    };
  }
  return git(source, expandGithub(whole), within);
}

function git(source: string, whole: string, folder: string): ModuleAddress {
  const [, repository, query = ''] = GIT.exec(whole) ?? [];
  if (!repository) {
    return refused(`"${source}" is no address that modules are fetched from`);
  }
  const settings = new URLSearchParams(query);
  const ref = settings.get('ref');
  settings.delete('ref');
  settings.delete('depth');
  if (!ref || settings.size > 0) {
    return refused(
      ref
        ? `"${source}" asks for more than a ref`
        : `"${source}" names no ref, so nobody knows what it will be`,
    );
  }
  return {
    kind: 'package',
    address: { kind: 'git', repository, ref },
    folder,
    canonical: joined(`git::${repository}`, folder, `?${query}`),
  };
}

/** Both tools know this one short form without asking anybody. */
function expandGithub(whole: string): string {
  return whole.replace(
    GITHUB,
    (_all, owner, name, query = '') =>
      `git::https://github.com/${owner}/${name}.git${query}`,
  );
}

function local(source: string): ModuleAddress {
  const path = posix.normalize(source).replace(/\/$/, '');
  // Of the parent, both tools write "./..".
  const canonical = path.startsWith('../') ? path : `./${path}`;
  return { kind: 'local', path, canonical };
}

function joined(start: string, folder: string, query: string): string {
  return `${start}${folder && `//${folder}`}${query}`;
}

function refused(why: string): ModuleAddress {
  return { kind: 'refused', why, remedy: FORMS };
}
