import { isError } from '@backstage/errors';
import { SNAPSHOT_LIMITS } from '@greenroom/plugin-environments-common';
import { InputProblemError } from '../errors';
import { SnapshotFile } from './types';

/** Stops reading once there is more than any snapshot may hold. */
export class FileBudget {
  readonly files: SnapshotFile[] = [];
  #bytes = 0;

  spend(path: string, content: Buffer): void {
    this.files.push({ path, content });
    this.#bytes += content.length;
    const tooMany = this.files.length > SNAPSHOT_LIMITS.files;
    if (tooMany || this.#bytes > SNAPSHOT_LIMITS.bytes) {
      throw new InputProblemError({
        code: tooMany
          ? 'blueprint.files.too-many'
          : 'blueprint.files.too-large',
        message: `The sources are larger than the ${SNAPSHOT_LIMITS.files} files and ${SNAPSHOT_LIMITS.bytes / 1024 / 1024} MB that are kept.`,
        remedy: 'Keep only what the components need in their folders.',
      });
    }
  }
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
