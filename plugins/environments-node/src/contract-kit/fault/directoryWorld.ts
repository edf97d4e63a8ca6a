import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { FaultEntry, FaultWorld } from './world';

const UNFINISHED = 'unfinished-';

/**
 * A world for many processes at once, which outlives each of them: a folder per component, and in
 * it a file per entry of its journal, named by its serial.
 *
 * An entry is written beside the journal and linked into it under its name, which fails when the
 * name is taken. So there is nothing to lock and nothing that a killed writer could leave behind,
 * and of two writers that have read the same entry one has to read again.
 */
export class DirectoryFaultWorld extends FaultWorld {
  #written = 0;

  constructor(private readonly directory: string) {
    super();
  }

  protected last(environmentId: string, component: string) {
    const folder = this.#folder(environmentId, component);
    const newest = serialsIn(folder).at(-1);
    return newest === undefined ? undefined : readEntry(folder, newest);
  }

  protected append(entry: FaultEntry): boolean {
    const folder = this.#folder(entry.environmentId, entry.component);
    mkdirSync(folder, { recursive: true });
    const written = join(
      folder,
      `${UNFINISHED}${process.pid}-${++this.#written}`,
    );
    writeFileSync(written, JSON.stringify(entry));
    try {
      linkSync(written, join(folder, nameOf(entry.serial)));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      unlinkSync(written);
    }
  }

  journal(): FaultEntry[] {
    return entriesOf(this.directory).flatMap(environment =>
      entriesOf(join(this.directory, environment)).flatMap(component => {
        const folder = join(this.directory, environment, component);
        return serialsIn(folder).map(name => readEntry(folder, name));
      }),
    );
  }

  #folder(environmentId: string, component: string): string {
    return join(
      this.directory,
      encodeURIComponent(environmentId),
      encodeURIComponent(component),
    );
  }
}

/** Names sort as their numbers do. */
function nameOf(serial: number): string {
  return `${String(serial).padStart(8, '0')}.json`;
}

function serialsIn(folder: string): string[] {
  return entriesOf(folder)
    .filter(name => !name.startsWith(UNFINISHED))
    .sort();
}

function readEntry(folder: string, name: string): FaultEntry {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
