import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  BlueprintDocument,
  EnvironmentRead,
  JsonObject,
  OperationKind,
  Problem,
  readsEnvironments,
} from '@greenroom/plugin-environments-common';
import { PublishedBlueprint } from '../blueprints/types';
import { Transaction } from '../database';
import { InputProblemError } from '../errors';
import { readsOf } from '../operations/submission/declaration';
import { readableEnvironments } from './readable';
import { ReadingMandate, ReadingMandates } from './readingMandate';
import { readProblem, unknownProblem } from './readProblems';
import { EnvironmentRecord } from './types';

/** What one operation has read of one environment. */
export interface ReadRecord {
  environmentId: string;
  /** The one that it had then. */
  name: string;
  /** Values by name; none of them is sensitive. */
  outputs: JsonObject;
}

export interface ReadRequest {
  kind: OperationKind;
  environment: Pick<EnvironmentRecord, 'id' | 'name' | 'owner' | 'type'>;
  blueprint: PublishedBlueprint;
  /** Secrets are sealed. */
  inputs: JsonObject;
}

/** A destroy needs nothing of others, and a pause leaves alone what it does not name. */
const READS_NOTHING_NEW: ReadonlySet<OperationKind> = new Set<OperationKind>([
  'destroy',
  'pause',
]);

/** Reads outputs of other environments for the expressions of a blueprint, as far as somebody may. */
export class EnvironmentReads {
  constructor(private readonly mandates: ReadingMandates) {}

  /** What the caller may see, to be kept with the operation; undefined when it reads nothing anew. */
  async mandateFor(
    { kind, document }: { kind: OperationKind; document: BlueprintDocument },
    credentials: BackstageCredentials,
  ): Promise<ReadingMandate | undefined> {
    return !READS_NOTHING_NEW.has(kind) && readsEnvironments(document)
      ? this.mandates.take(credentials)
      : undefined;
  }

  /**
   * What an operation reads as of now. One query, however many environments that is.
   *
   * @throws InputProblemError with all that is in the way
   */
  async read(
    tx: Transaction,
    request: ReadRequest,
    mandate: ReadingMandate,
  ): Promise<ReadRecord[]> {
    const wanted = readsOf(request);
    if (wanted.length === 0) return [];
    const names = [...new Set(wanted.map(({ environment }) => environment))];
    const found = await readableEnvironments(tx, names, mandate.visible);
    const problems = distinct(wanted).flatMap(
      read => readProblem(read, found.get(read.environment)) ?? [],
    );
    if (problems.length > 0) throw new InputProblemError(problems);
    return [...found.values()].map(({ id, name, outputs }) => ({
      environmentId: id,
      name,
      outputs: Object.fromEntries(
        outputs
          .filter(output => isRead(wanted, name, output.name))
          .map(output => [output.name, output.value ?? null]),
      ),
    }));
  }

  /**
   * The same for an operation that nobody's right stands behind, such as one of a schedule: it works
   * with the values that its environment has.
   *
   * @throws InputProblemError where it has none
   */
  async keep(
    request: ReadRequest,
    present: () => Promise<ReadRecord[]>,
  ): Promise<ReadRecord[]> {
    const wanted = readsOf(request);
    if (wanted.length === 0) return [];
    const kept = await present();
    const missing = distinct(wanted).filter(
      ({ environment, output }) =>
        !kept.some(
          ({ name, outputs }) =>
            name === environment && Object.hasOwn(outputs, output),
        ),
    );
    if (missing.length > 0) {
      throw new InputProblemError(missing.map(unknownProblem));
    }
    return kept.filter(({ name }) =>
      wanted.some(({ environment }) => environment === name),
    );
  }

  /**
   * Whether whoever an operation acts for may still read what it has read. What it has kept, it may.
   *
   * @returns what is told when they may not, or when one of the environments is gone
   */
  async refusal(
    tx: Transaction,
    reads: ReadRecord[],
    mandate: ReadingMandate | undefined,
  ): Promise<Problem | undefined> {
    const [first] = reads;
    if (!first || !mandate) return undefined;
    if (!(await this.mandates.holds(mandate))) {
      return unknownProblem({ environment: first.name });
    }
    const names = reads.map(({ name }) => name);
    const found = await readableEnvironments(tx, names, mandate.visible);
    const gone = reads.find(
      ({ name, environmentId }) => found.get(name)?.id !== environmentId,
    );
    return gone && unknownProblem({ environment: gone.name });
  }
}

function isRead(
  wanted: EnvironmentRead[],
  environment: string,
  output: string,
) {
  return wanted.some(
    read => read.environment === environment && read.output === output,
  );
}

/** Each output once, however many places read it. */
function distinct(reads: EnvironmentRead[]): EnvironmentRead[] {
  const byOutput = new Map<string, EnvironmentRead>();
  for (const read of reads) {
    const key = `${read.environment}.${read.output}`;
    if (!byOutput.has(key)) byOutput.set(key, read);
  }
  return [...byOutput.values()];
}
