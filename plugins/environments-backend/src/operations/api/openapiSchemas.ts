import {
  OPERATION_KINDS,
  OPERATION_STATES,
  PLAN_PURPOSES,
  STEP_ACTIONS,
  STEP_STATES,
} from '@greenroom/plugin-environments-common';
import { object, pageOf, reason, ref, timestamp } from '../../openapiParts';

const uuid = { type: 'string', format: 'uuid' } as const;
const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const texts = { type: 'array', items: text } as const;

const summary = {
  required: {
    id: uuid,
    environmentId: uuid,
    environmentName: text,
    owner: text,
    number: { type: 'integer', minimum: 1 },
    kind: { enum: OPERATION_KINDS },
    dryRun: flag,
    state: { enum: OPERATION_STATES },
    requestedBy: text,
    requestedAt: timestamp,
    cause: ref('OperationCause'),
  },
  optional: {
    startedAt: timestamp,
    finishedAt: timestamp,
    plan: ref('PlanSummary'),
    problem: ref('Problem'),
    cancel: object({ by: text, at: timestamp }, { reason: text }),
  },
};

const count = { type: 'integer', minimum: 0 } as const;

const repeat = { dryRun: flag, confirm: flag, reason } as const;

export const operationSchemas = {
  OperationCause: object(
    {
      code: {
        enum: [
          'request',
          'lease.expired',
          'teardown.retry',
          'teardown.check',
          'schedule.sleep',
          'schedule.wake',
          'idle.after',
          'retry',
          'rollback',
          'fleet',
        ],
      },
      message: text,
    },
    { operationId: uuid, fleetUpgradeId: uuid },
  ),
  OperationSummary: object(summary.required, summary.optional),
  OperationPage: pageOf('OperationSummary'),
  Operation: object(
    {
      ...summary.required,
      blueprint: ref('BlueprintVersionRef'),
      inputs: { type: 'object', description: 'without the secret ones' },
      steps: { type: 'array', items: ref('Step') },
      moves: { type: 'array', items: ref('OperationMove') },
      components: { type: 'array', items: ref('Component') },
    },
    {
      ...summary.optional,
      secretInputs: {
        type: 'array',
        description: 'names of the secret inputs that it works with',
        items: text,
      },
      confirmation: object(
        {},
        {
          planHash: text,
          until: timestamp,
          confirmedBy: text,
          confirmedAt: timestamp,
        },
      ),
      behind: object({
        id: uuid,
        number: { type: 'integer' },
        kind: { enum: OPERATION_KINDS },
      }),
      worker: text,
      reads: {
        type: 'array',
        description: 'what it has read of other environments; absent: nothing',
        items: ref('OperationRead'),
      },
      warnings: {
        type: 'array',
        description:
          'of an upgrade: its version is deprecated; of a destroy: others have values of its outputs',
        items: ref('Problem'),
      },
    },
  ),
  OperationRead: object({
    environmentId: uuid,
    name: text,
    outputs: texts,
  }),
  OperationMove: object(
    {
      move: {
        enum: ['cancel', 'confirm', 'retry', 'rollback', 'takeOver', 'destroy'],
      },
      allowed: flag,
    },
    {
      reason: { type: 'string', description: 'why it is not allowed' },
      operationId: uuid,
      finishedAt: timestamp,
    },
  ),
  Step: object(
    {
      id: uuid,
      component: text,
      action: { enum: STEP_ACTIONS },
      state: { enum: STEP_STATES },
      attempt: { type: 'integer', minimum: 1 },
      after: { type: 'array', items: uuid },
    },
    {
      purpose: { enum: PLAN_PURPOSES },
      startedAt: timestamp,
      finishedAt: timestamp,
      plan: ref('PlanSummary'),
      deferredBy: texts,
      problem: ref('Problem'),
    },
  ),
  PlanSummary: object({ add: count, change: count, remove: count }),
  OperationPlan: object({
    hash: text,
    summary: ref('PlanSummary'),
    components: { type: 'array', items: ref('ComponentPlan') },
  }),
  ComponentPlan: object({
    stepId: uuid,
    component: text,
    purpose: { enum: PLAN_PURPOSES },
    summary: ref('PlanSummary'),
    changes: { type: 'array', items: ref('ResourceChange') },
    omittedAttributes: count,
    hash: text,
    unchanged: flag,
    deferredBy: texts,
  }),
  ResourceChange: object(
    {
      address: text,
      type: text,
      action: { enum: ['add', 'change', 'replace', 'remove', 'read'] },
      attributes: { type: 'array', items: ref('AttributeChange') },
      digest: text,
    },
    { reason: text },
  ),
  AttributeChange: object(
    { path: text, sensitive: flag, unknown: flag, forcesReplacement: flag },
    {
      before: { description: 'any JSON value; absent when sensitive' },
      after: {
        description: 'any JSON value; absent when sensitive or not yet known',
      },
    },
  ),
  SubmitOperationRequest: object(
    { kind: { enum: OPERATION_KINDS.filter(kind => kind !== 'create') } },
    {
      inputs: {
        type: 'object',
        description:
          'for update and upgrade: all of them, as for a create; secret ones that are absent stay, null takes one away',
      },
      version: {
        type: 'string',
        description: 'for upgrade: the recommended one when absent',
      },
      whenBusy: { enum: ['refuse', 'queue'] },
      ...repeat,
    },
  ),
  RepeatOperationRequest: object({}, repeat),
  CancelOperationRequest: object({}, { reason }),
  ConfirmOperationRequest: object({
    planHash: { type: 'string', minLength: 1, maxLength: 64 },
  }),
  TakeOverRequest: object({ reason }),
} as const;
