import { stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { Problem } from '@greenroom/plugin-environments-common';
import {
  DriverError,
  DriverPackageAddress,
} from '@greenroom/plugin-environments-node';
import { TerraformTool } from '@greenroom/plugin-terraform-node';
import { placeIn } from '../run/problems';
import { readModuleAddress } from './moduleAddress';
import { ModuleCall, readModuleCalls } from './moduleCalls';

/** Calls of modules, counted once for each way to them; the largest published modules have some 50. */
const MOST_CALLS = 500;
const DEEPEST = 20;

const TOO_MANY = 'terraform.module.too-many';

/** A call as the tool's list of modules knows it. */
export interface InstalledModule {
  /** Names of the calls that lead to it, by dots; empty for the component's own. */
  key: string;
  source: string;
  /** Of modules from registries. */
  version?: string;
  /** Relative to the component's folder. */
  folder: string;
}

export interface ModuleTreeOptions {
  component: { id: string; folder: string };
  sourcePath: string;
  product: TerraformTool['product'];
  /**
   * Sees to it that a package is there.
   *
   * @throws DriverError when it can't be had
   */
  locate(
    address: DriverPackageAddress,
  ): Promise<{ folder: string; resolved: string }>;
}

interface Caller {
  key: string;
  folder: string;
  /** Folders of this module and of those that led to it. */
  way: string[];
  /** What paths may not lead out of; undefined for the component's own source. */
  package?: string;
}

class ModuleTree {
  readonly modules: InstalledModule[] = [{ key: '', source: '', folder: '.' }];
  readonly problems: Problem[] = [];

  constructor(private readonly options: ModuleTreeOptions) {}

  async visit(caller: Caller): Promise<void> {
    const { component, product } = this.options;
    const folder = join(component.folder, caller.folder);
    for (const call of await readModuleCalls(folder, product)) {
      if (this.modules.length > MOST_CALLS) {
        if (!this.problems.some(({ code }) => code === TOO_MANY)) {
          this.#tell(caller, call, {
            code: TOO_MANY,
            message: `Component "${component.id}" calls more than ${MOST_CALLS} modules`,
            remedy: 'Split it into components',
          });
        }
        return;
      }
      const called = await this.#called(caller, call);
      if (called) await this.visit(called);
    }
  }

  /** Adds what is called to the modules, or tells why it can't be. */
  async #called(caller: Caller, call: ModuleCall): Promise<Caller | undefined> {
    const { product } = this.options;
    if (call.source === undefined) {
      return this.#tell(caller, call, {
        code: 'terraform.module.source',
        message: `The module "${call.name}" does not say its source as a plain text`,
        remedy: 'Write the address itself, without expressions',
      });
    }
    const read = readModuleAddress({ ...call, source: call.source }, product);
    if (read.kind === 'refused') {
      return this.#tell(caller, call, {
        code: 'terraform.module.refused',
        message: `The source of the module "${call.name}" is refused: ${read.why}`,
        remedy: read.remedy,
      });
    }
    let next: Omit<Caller, 'way'>;
    let version: string | undefined;
    const key = [caller.key, call.name].filter(Boolean).join('.');
    if (read.kind === 'local') {
      const folder = posix.join(caller.folder, read.path);
      if (this.#leadsOut(caller, folder)) {
        return this.#tell(caller, call, {
          code: 'terraform.module.outside',
          message: `The source "${call.source}" of the module "${call.name}" leads out of what is published`,
          remedy:
            'Put the module below the top folder of the source; of one that is fetched, write "//" behind the folder that holds both',
        });
      }
      next = { key, folder, package: caller.package };
    } else {
      try {
        const located = await this.options.locate(read.address);
        if (read.address.kind === 'registry') version = located.resolved;
        next = {
          key,
          folder: posix.join(located.folder, read.folder),
          package: located.folder,
        };
      } catch (error) {
        if (!(error instanceof DriverError)) throw error;
        return this.#tell(caller, call, error.problem);
      }
    }
    const { folder } = next;
    if (caller.way.includes(folder) || caller.way.length >= DEEPEST) {
      return this.#tell(caller, call, {
        code: 'terraform.module.cycle',
        message: `The module "${call.name}" calls itself in the end, or is more than ${DEEPEST} calls deep`,
        remedy: 'Take the call out',
      });
    }
    if (!(await this.#isFolder(folder))) {
      return this.#tell(caller, call, {
        code: 'terraform.module.missing',
        message: `The source "${call.source}" of the module "${call.name}" is not there`,
        remedy: 'Mend the path, or publish the module with the blueprint',
      });
    }
    this.modules.push({ key, source: read.canonical, version, folder });
    return { ...next, way: [...caller.way, folder] };
  }

  #leadsOut(caller: Caller, folder: string): boolean {
    if (caller.package) {
      return (
        folder !== caller.package && !folder.startsWith(`${caller.package}/`)
      );
    }
    // Of the top folder all is part of the component; what lies beside it may be another's.
    const [top] = placeIn(this.options.sourcePath, '.').split('/');
    const path = placeIn(this.options.sourcePath, folder);
    return top === '.'
      ? path === '..' || path.startsWith('../')
      : path !== top && !path.startsWith(`${top}/`);
  }

  async #isFolder(folder: string): Promise<boolean> {
    const found = stat(join(this.options.component.folder, folder));
    return found.then(
      entry => entry.isDirectory(),
      () => false,
    );
  }

  #tell(caller: Caller, call: ModuleCall, problem: Problem): undefined {
    const { component, sourcePath } = this.options;
    const file = posix.join(caller.folder, call.file);
    this.problems.push({
      ...problem,
      component: component.id,
      place: {
        file: placeIn(sourcePath, file),
        ...(call.line !== undefined && { line: call.line }),
      },
    });
  }
}

/** All modules that a source is made of, found without running anything. */
export async function readModuleTree(
  options: ModuleTreeOptions,
): Promise<{ modules: InstalledModule[]; problems: Problem[] }> {
  const tree = new ModuleTree(options);
  await tree.visit({ key: '', folder: '.', way: ['.'] });
  return tree;
}
