import { EnvironmentChanges } from '../../environments/changes';
import { OutputVault } from '../../environments/outputs';
import { HeldClaim } from '../worker/claim';
import { DriverRegistry } from '../run/drivers';
import { GivenVault } from '../run/givenVault';
import { Mask } from '../run/mask';
import { ResourceReports } from './reports';
import { OperationScope } from '../run/scope';
import { StepContexts } from './stepContext';
import { StepStore } from '../store/steps';
import { OperationRecord, StepRecord } from '../types';

/** What the steps of one operation work with, for as long as one claim holds. */
export interface StepTools {
  operation: OperationRecord;
  /** All of them, as the record has them. */
  steps: StepRecord[];
  held: HeldClaim;
  scope: OperationScope;
  contexts: StepContexts;
  reports: ResourceReports;
  mask: Mask;
  drivers: DriverRegistry;
  environments: EnvironmentChanges;
  vault: OutputVault;
  givenVault: GivenVault;
  stepStore: StepStore;
}

/** The plan that an apply or destroy carries out. */
export function planStepOf(step: StepRecord, { steps }: StepTools): StepRecord {
  const plan = steps.find(
    other => other.component === step.component && other.action === 'plan',
  );
  if (plan) return plan;
  throw new Error(`Step ${step.id} has no plan before it`);
}
