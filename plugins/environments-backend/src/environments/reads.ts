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
  /** Absent: nobody may read anything. */
  mandate?: ReadingMandate;
}

/** Reads outputs of other environments for the expressions of a blueprint, as far as somebody may. */
export class EnvironmentReads {
  constructor(private readonly mandates: ReadingMandates) {}

  /** What the caller may see, to be kept with the operation; undefined when it reads nothing. */
  async mandateFor(
    document: BlueprintDocument,
    credentials: BackstageCredentials,
  ): Promise<ReadingMandate | undefined> {
    return readsEnvironments(document)
      ? this.mandates.take(credentials)
      : undefined;
  }

  /**
   * What an operation reads as of now. One query, however many environments that is.
   *
   * @throws InputProblemError with all that is in the way
   */
  async read(tx: Transaction, request: ReadRequest): Promise<ReadRecord[]> {
    const wanted = readsOf(request);
    if (wanted.length === 0) return [];
    const names = [...new Set(wanted.map(({ environment }) => environment))];
    const visible = request.mandate?.visible ?? { kind: 'none' };
    const found = await readableEnvironments(tx, names, visible);
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
   * Whether whoever an operation acts for may still read what it has read.
   *
   * @returns what is told when they may not, or when one of the environments is gone
   */
  async refusal(
    tx: Transaction,
    reads: ReadRecord[],
    mandate: ReadingMandate | undefined,
  ): Promise<Problem | undefined> {
    const [first] = reads;
    if (!first) return undefined;
    if (!mandate || !(await this.mandates.holds(mandate))) {
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
