import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { readJson, writeAtomic } from '../atomic.mjs';
import { answersWithin } from '../download.mjs';
import { Problem } from '../problem.mjs';
import { goBuild, modulesKey } from './build.mjs';
import { tofuPlatform } from './release.mjs';

// The registries that the two tools ask, which are also the names under
// which a mirror must hold a provider for them.
const REGISTRIES = {
  tofu: 'registry.opentofu.org',
  terraform: 'registry.terraform.io',
};

const PROVIDERS = [
  {
    name: 'local',
    version: '1.4.0',
    module: 'github.com/terraform-providers/terraform-provider-local',
  },
  {
    name: 'time',
    version: '0.14.2',
    module: 'github.com/hashicorp/terraform-provider-time',
  },
];

const PROBE_MS = 3_000;

function source(paths) {
  return join(paths.root, 'tools/providers');
}

/** Where the mirror lies, or will lie; it is there or it is whole. */
export function mirrorFolder(paths) {
  const key = modulesKey(source(paths));
  return join(paths.tools, `providers-${key}-${tofuPlatform()}`);
}

/**
 * Makes sure that providers can be had: from the tool's registry, or where
 * that can't be reached from a mirror built by Go. What was found is kept for
 * the checkout, so that a warm start asks nobody.
 *
 * @returns `mirror`: its path, undefined when the registry serves; `words`
 */
export async function findProviders(paths, report, kind) {
  const file = join(paths.state, `providers-${kind}.json`);
  const mirror = mirrorFolder(paths);
  if (existsSync(mirror)) {
    return { mirror, words: 'from the mirror that was built by Go' };
  }
  const registry = REGISTRIES[kind];
  const words = `from ${registry}`;
  if (readJson(file)?.reachable === registry) {
    return { words };
  }
  const probe = `https://${registry}/.well-known/terraform.json`;
  if (await answersWithin(probe, PROBE_MS)) {
    writeAtomic(file, JSON.stringify({ reachable: registry }));
    return { words };
  }
  try {
    await buildMirror(paths, report);
    return { mirror, words: `${registry} can't be reached; built by Go` };
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error;
    }
    report.say(`  ${error.message}`);
    return {
      words: `${registry} can't be reached and no mirror could be built: blueprints that need a provider will fail`,
    };
  }
}

/** Builds the mirror, once; its path. */
export async function buildMirror(paths, report) {
  const mirror = mirrorFolder(paths);
  if (existsSync(mirror)) {
    return mirror;
  }
  report.say('  Building two small providers by Go, once …');
  const fresh = `${mirror}.${process.pid}`;
  const binaries = join(fresh, 'build');
  try {
    mkdirSync(binaries, { recursive: true });
    await goBuild(paths, {
      folder: source(paths),
      target: `${binaries}/`,
      modules: PROVIDERS.map(provider => provider.module),
      log: join(paths.logs, 'providers.log'),
      what: 'Building the providers',
    });
    for (const provider of PROVIDERS) {
      for (const registry of Object.values(REGISTRIES)) {
        layOut(fresh, join(binaries, basename(provider.module)), {
          ...provider,
          registry,
        });
      }
    }
    rmSync(binaries, { recursive: true });
    renameSync(fresh, mirror);
  } catch (error) {
    if (!existsSync(mirror)) {
      throw error;
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return mirror;
}

function layOut(mirror, binary, { registry, name, version }) {
  const folder = join(
    mirror,
    registry,
    'hashicorp',
    name,
    version,
    tofuPlatform(),
  );
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `terraform-provider-${name}_v${version}`);
  try {
    linkSync(binary, file);
  } catch {
    cpSync(binary, file);
  }
}
