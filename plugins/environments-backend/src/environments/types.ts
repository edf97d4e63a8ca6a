import {
  EstimatedCost,
  EnvironmentComponent,
  EnvironmentOutput,
  EnvironmentState,
  JsonObject,
  Labels,
} from '@greenroom/plugin-environments-common';
import { DriverResource } from '@greenroom/plugin-environments-node';
import { StoredOutputs } from './outputs';

/** An environment as its row holds it. */
export interface EnvironmentRecord {
  id: string;
  name: string;
  owner: string;
  createdBy: string;
  type: string;
  blueprintVersionId: string;
  state: EnvironmentState;
  labels: Labels;
  inputs: JsonObject;
  outputs: EnvironmentOutput[];
  /** By the estimate of its blueprint's author. */
  cost?: EstimatedCost;
  createdAt: Date;
  /** When all of it was made for the first time. */
  readyAt?: Date;
  destroyedAt?: Date;
  /** Of the dry run of a create: it never comes to be, and no list shows it. */
  trial: boolean;
}

export interface ComponentRecord {
  id: string;
  driver: string;
  uses: EnvironmentComponent['uses'];
  /** A pause changes something in it. */
  pausable: boolean;
  state: EnvironmentComponent['state'];
  /** False: no apply was ever begun, so nothing of it can exist. */
  applyBegun: boolean;
  /**
   * Ids of the components that what exists of it may point to: those it used in its last apply that
   * went well, and in any that was begun since.
   */
  madeFrom: string[];
  /** By which the last apply was begun: its snapshot is what a destroy works with. */
  blueprintVersionId?: string;
  /** What the last apply was given, sealed; absent: made by the first release, or never. */
  withSealed?: Buffer;
  /** What the last apply that went well was made of: the same again has nothing to do. */
  appliedHash?: string;
  outputs: StoredOutputs;
  resources: DriverResource[];
  /** Made by a run, and not yet seen in a state. */
  reported: DriverResource[];
}

/** What a step may change about its component; null: it has none any more. */
export type ComponentChange = Partial<
  Pick<
    ComponentRecord,
    'state' | 'applyBegun' | 'outputs' | 'resources' | 'reported'
  >
> & {
  [Key in 'blueprintVersionId' | 'withSealed' | 'appliedHash']?:
    ComponentRecord[Key] | null;
};

/** What an operation wants an environment to be. */
export interface Declaration {
  blueprintVersionId: string;
  inputs: JsonObject;
  cost?: EstimatedCost;
  /** In an order in which each follows what it uses. */
  components: Pick<ComponentRecord, 'id' | 'driver' | 'uses' | 'pausable'>[];
}
