import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from '../fingerprint.mjs';
import { findOnPath } from '../executables.mjs';
import { Problem } from '../problem.mjs';
import { run } from '../run.mjs';
import { TOFU_VERSION, tofuPlatform } from './release.mjs';

function source(paths) {
  return join(paths.root, 'tools/opentofu');
}

/** Ten letters that stand for the exact modules of a Go build. */
export function modulesKey(folder) {
  const files = ['go.mod', 'go.sum'].map(name => join(folder, name));
  return fingerprint(folder, files).slice(0, 10);
}

function place(paths) {
  return join(
    paths.tools,
    `tofu-${TOFU_VERSION}-go-${modulesKey(source(paths))}-${tofuPlatform()}`,
  );
}

/** The binary of an earlier build, or undefined. */
export function builtTofu(paths) {
  const binary = join(place(paths), 'tofu');
  return existsSync(binary) ? binary : undefined;
}

/** Builds the pinned OpenTofu from its Go modules; the path of the binary. */
export async function buildTofu(paths, report) {
  report.say(
    `  Building OpenTofu ${TOFU_VERSION} by Go, about 3 minutes, once …`,
  );
  const fresh = `${place(paths)}.${process.pid}`;
  try {
    await goBuild(paths, {
      folder: source(paths),
      target: join(fresh, 'tofu'),
      // A release build: without it the version ends in -dev.
      flags: '-X github.com/opentofu/opentofu/version.dev=no',
      modules: ['github.com/opentofu/opentofu/cmd/tofu'],
      log: join(paths.logs, 'tofu.log'),
      what: 'Building OpenTofu',
    });
    rmSync(place(paths), { recursive: true, force: true });
    renameSync(fresh, place(paths));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return join(place(paths), 'tofu');
}

/** Whether there is a Go toolchain. */
export function hasGo(env = process.env) {
  return findOnPath('go', env.PATH) !== undefined;
}

/**
 * Builds Go commands of a module folder, from exactly the versions that its
 * go.sum holds. `target` ends in a slash where there are several commands.
 */
export async function goBuild(paths, options) {
  if (!hasGo()) {
    throw new Problem('There is no Go to build it with.');
  }
  mkdirSync(join(options.target, '..'), { recursive: true });
  await run(
    'go',
    [
      ...['build', '-mod=readonly', '-trimpath', '-buildvcs=false'],
      ...['-ldflags', `-s -w ${options.flags ?? ''}`.trim()],
      ...['-o', options.target],
      ...options.modules,
    ],
    {
      cwd: options.folder,
      // No C compiler is needed, nor a matching C library later.
      env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
      log: options.log,
      what: options.what,
    },
  );
}
