import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Problem } from '@greenroom/plugin-environments-common';
import {
  DriverError,
  DriverPackageAddress,
  DriverSourceFile,
  DriverValidateContext,
} from '@greenroom/plugin-environments-node';
import { TerraformTool } from '@greenroom/plugin-terraform-node';
import { InstalledModule, readModuleTree } from './moduleTree';
import {
  addressText,
  LOCK_FILE,
  pinnedFolder,
  PinnedPackage,
  PINS_FILE,
  readPins,
} from './pins';

type Product = TerraformTool['product'];

/** Each may hold as much as a whole version, so there are not many. */
const MOST_PACKAGES = 50;

/**
 * Gets everything that a source takes from elsewhere, by the portal's rules, and leaves the
 * folder ready for an init that fetches no module.
 *
 * @returns what was taken, and what is wrong
 */
export async function pinModules(
  context: DriverValidateContext,
  product: Product,
): Promise<{ packages: PinnedPackage[]; problems: Problem[] }> {
  const { component, fetch } = context;
  const earlier = await readPins(component.folder);
  const packages = new Map(
    earlier?.packages.map(each => [addressText(each.address), each]),
  );
  const { modules, problems } = await readModuleTree({
    ...context,
    product,
    locate: async address => {
      const folder = pinnedFolder(address);
      const known = packages.get(addressText(address));
      if (known) return { folder, resolved: known.resolved };
      if (packages.size >= MOST_PACKAGES) throw tooMany(component.id);
      const { resolved, files } = await fetch(address);
      for (const { path, content } of files) {
        await keep(context, { path: `${folder}/${path}`, content });
      }
      packages.set(addressText(address), { address, resolved });
      return { folder, resolved };
    },
  });
  if (problems.length === 0) await writeModuleList(component.folder, modules);
  return { packages: [...packages.values()], problems };
}

/** Keeps the list of what was taken, and the lock file that an init has written or confirmed. */
export async function keepPins(
  context: DriverValidateContext,
  packages: PinnedPackage[],
): Promise<void> {
  const lock = await readFile(join(context.component.folder, LOCK_FILE)).catch(
    () => undefined,
  );
  if (lock) context.keep({ path: LOCK_FILE, content: lock });
  const pins = { packages, providers: lock !== undefined };
  await keep(context, {
    path: PINS_FILE,
    content: Buffer.from(JSON.stringify(pins)),
  });
}

/**
 * Makes a folder ready for an init that fetches no module.
 *
 * @returns whether the providers are pinned too
 * @throws DriverError when the source calls a module that it was not published with
 */
export async function prepareModules(
  component: { id: string; folder: string; sourcePath: string },
  product: Product,
): Promise<{ providersPinned: boolean }> {
  const { id, folder, sourcePath } = component;
  const pins = await readPins(folder);
  const packages = new Map(
    pins?.packages.map(each => [addressText(each.address), each.resolved]),
  );
  const { modules, problems } = await readModuleTree({
    component,
    sourcePath,
    product,
    locate: async address => {
      const resolved = packages.get(addressText(address));
      if (resolved === undefined) throw unpinned(id, address);
      return { folder: pinnedFolder(address), resolved };
    },
  });
  if (problems.length > 0) throw new DriverError(problems[0]);
  await writeModuleList(folder, modules);
  return { providersPinned: pins?.providers ?? false };
}

/** The list that the tool's own init would have written, beside a copy of each module. */
async function writeModuleList(
  folder: string,
  modules: InstalledModule[],
): Promise<void> {
  await removeTests(folder);
  const list = modules.map(module => ({
    Key: module.key,
    Source: module.source,
    Version: module.version,
    Dir: module.folder,
  }));
  await write(folder, {
    path: '.terraform/modules/modules.json',
    content: Buffer.from(JSON.stringify({ Modules: list })),
  });
}

/** A module's own tests may call modules too. They are run by its author, never here. */
async function removeTests(folder: string): Promise<void> {
  for (const at of ['.', 'tests']) {
    const names = await readdir(join(folder, at)).catch(() => []);
    for (const name of names) {
      if (/\.(tftest|tofutest)\.(hcl|json)$/.test(name)) {
        await rm(join(folder, at, name));
      }
    }
  }
}

async function keep(
  { component, keep: keeper }: DriverValidateContext,
  file: DriverSourceFile,
): Promise<void> {
  keeper(file);
  await write(component.folder, file);
}

async function write(
  folder: string,
  { path, content }: DriverSourceFile,
): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

function tooMany(component: string): DriverError {
  return new DriverError({
    code: 'terraform.module.too-many',
    message: `Component "${component}" takes modules from more than ${MOST_PACKAGES} places`,
    remedy: 'Split it into components',
  });
}

function unpinned(
  component: string,
  address: DriverPackageAddress,
): DriverError {
  const what = address.kind === 'git' ? address.repository : address.module;
  return new DriverError({
    code: 'terraform.module.unpinned',
    message: `Component "${component}" calls a module of ${what} that it was not published with`,
    remedy: 'Publish a new version of the blueprint',
  });
}
