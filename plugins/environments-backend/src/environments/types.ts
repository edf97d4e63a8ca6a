import {
  EnvironmentComponent,
  EnvironmentOutput,
  EnvironmentState,
  JsonObject,
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
  inputs: JsonObject;
  outputs: EnvironmentOutput[];
  createdAt: Date;
  destroyedAt?: Date;
}

export interface ComponentRecord {
  id: string;
  driver: string;
  uses: EnvironmentComponent['uses'];
  state: EnvironmentComponent['state'];
  /** False: no apply was ever begun, so nothing of it can exist. */
  applyBegun: boolean;
  outputs: StoredOutputs;
  resources: DriverResource[];
}

/** What a step may change about its component. */
export type ComponentChange = Partial<
  Pick<ComponentRecord, 'state' | 'applyBegun' | 'outputs' | 'resources'>
>;
