import { isError } from '@backstage/errors';
import { SNAPSHOT_LIMITS } from '@greenroom/plugin-environments-common';
import { InputProblemError } from '../errors';
import { SnapshotFile } from './types';

/** Stops reading once there is more than any snapshot may hold. */
export class FileBudget {
  readonly files: SnapshotFile[] = [];
  #files: number;
  #bytes: number;
  #reservedFiles = 0;
  #reservedBytes = 0;

  /** @param taken by files that are there already */
  constructor(taken: { size: number }[] = []) {
    this.#files = taken.length;
    this.#bytes = taken.reduce((sum, { size }) => sum + size, 0);
  }

  /** For archives, before a file is unpacked: whether there is room for it. */
  reserve(bytes: number): boolean {
    this.#reservedFiles++;
    this.#reservedBytes += bytes;
    return !isOver(this.#reservedFiles, this.#reservedBytes);
  }

  /** @throws InputProblemError when something was reserved that there was no room for */
  check(): void {
    if (isOver(this.#reservedFiles, this.#reservedBytes)) {
      throw tooMuch(this.#reservedFiles);
    }
  }

  /** @throws InputProblemError */
  spend(path: string, content: Buffer): void {
    this.files.push({ path, content });
    this.#files++;
    this.#bytes += content.length;
    if (isOver(this.#files, this.#bytes)) throw tooMuch(this.#files);
  }
}

function isOver(files: number, bytes: number): boolean {
  return files > SNAPSHOT_LIMITS.files || bytes > SNAPSHOT_LIMITS.bytes;
}

function tooMuch(files: number): InputProblemError {
  return new InputProblemError({
    code:
      files > SNAPSHOT_LIMITS.files
        ? 'blueprint.files.too-many'
        : 'blueprint.files.too-large',
    message: `The sources are larger than the ${SNAPSHOT_LIMITS.files} files and ${SNAPSHOT_LIMITS.bytes / 1024 / 1024} MB that are kept.`,
    remedy: 'Keep only what the components need in their folders.',
  });
}

/** The location itself can't be read: not what an author wrote, and still theirs to mend. */
export function unreadable(what: string, cause: unknown): InputProblemError {
  const reason = isError(cause) ? cause.message : String(cause);
  return new InputProblemError(
    {
      code: 'blueprint.location.unreadable',
      message: `${what} could not be read: ${reason}`,
      remedy:
        'See whether it is there, and whether this portal may read it (backend.reading.allow, integrations).',
    },
    isError(cause) ? (cause as Error) : undefined,
  );
}
