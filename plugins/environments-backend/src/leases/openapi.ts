import {
  LEASE_ENTRY_KINDS,
  LEASE_STAGES,
  ON_EXPIRY,
} from '@greenroom/plugin-environments-common';
import {
  body,
  errors,
  idempotencyKey,
  json,
  object,
  pageOf,
  paging,
  pathParameter,
  queryParameter,
  reason,
  ref,
  timestamp,
} from '../openapiParts';

const id = pathParameter('id', 'id of the environment');
const linkToken = pathParameter('token', 'from the link of a warning');
const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const limit = ref('LeaseLimit');

/** A change of one lease, by whoever may. */
export function change(operationId: string, request: string, answer: string) {
  return {
    post: {
      operationId,
      parameters: [id, idempotencyKey],
      requestBody: body(request),
      responses: { 200: json(answer, ref('LeaseChange')), ...errors },
    },
  };
}

export const leasePaths = {
  '/leases/verification': {
    get: {
      operationId: 'verifyLeases',
      description:
        'Folds some ledgers and compares; repeated with `nextCursor` until there is none.',
      parameters: [queryParameter('cursor', text)],
      responses: {
        200: json(
          'Leases that are not as their ledgers say.',
          ref('LeaseVerification'),
        ),
        ...errors,
      },
    },
  },
  '/environments/{id}/lease': {
    get: {
      operationId: 'getLease',
      parameters: [id],
      responses: {
        200: json('Why it ends when it does.', ref('EnvironmentLease')),
        ...errors,
      },
    },
  },
  '/environments/{id}/lease/entries': {
    get: {
      operationId: 'listLeaseEntries',
      parameters: [id, ...paging],
      responses: {
        200: json('Its ledger, newest first.', ref('LeaseLedgerPage')),
        ...errors,
      },
    },
  },
  '/environments/{id}/lease/extend': change(
    'extendLease',
    'ExtendLeaseRequest',
    'It ends later.',
  ),
  '/environments/{id}/lease/shorten': change(
    'shortenLease',
    'MoveLeaseRequest',
    'It ends earlier.',
  ),
  '/environments/{id}/lease/hold': change(
    'holdLease',
    'HoldLeaseRequest',
    'Nothing of it falls due until then.',
  ),
  '/environments/{id}/lease/release': change(
    'releaseLease',
    'LeaseRequest',
    'What is due falls due.',
  ),
  '/environments/{id}/lease/protect': change(
    'protectEnvironment',
    'LeaseRequest',
    'Nobody destroys it.',
  ),
  '/environments/{id}/lease/unprotect': change(
    'unprotectEnvironment',
    'LeaseRequest',
    'It may be destroyed again.',
  ),
  '/lease-links/{token}': {
    get: {
      operationId: 'getExtendOffer',
      parameters: [linkToken],
      responses: {
        200: json('What the link would do.', ref('ExtendOffer')),
        ...errors,
      },
    },
  },
  '/lease-links/{token}/use': {
    post: {
      operationId: 'useExtendLink',
      parameters: [linkToken],
      responses: { 200: json('It ends later.', ref('LeaseChange')), ...errors },
    },
  },
} as const;

/** What every change may say. */
export const changeFields = {
  reason,
  revision: {
    ...count,
    description: 'change it only if this is still its revision',
  },
  dryRun: { type: 'boolean' },
};
export const moveFields = {
  by: { type: 'string', maxLength: 20, description: 'a duration: 90m, 24h' },
  until: timestamp,
};
const safeguard = { by: text, reason: text, since: timestamp };

/** What every answer about a lease says of it. */
export const leaseStanding = {
  required: {
    environmentId: { type: 'string', format: 'uuid' },
    environmentName: text,
    grantedAt: timestamp,
    stage: { enum: LEASE_STAGES },
    onExpiry: { enum: ON_EXPIRY },
    reason: text,
    rule: text,
    extensionsUsed: count,
    revision: count,
  },
  optional: {
    expiresAt: timestamp,
    maxExpiresAt: timestamp,
    lastWarningAt: timestamp,
    dueAt: timestamp,
    graceEndsAt: timestamp,
    endedAt: timestamp,
    hold: ref('LeaseHold'),
    protection: ref('LeaseProtection'),
  },
};

export const leaseSchemas = {
  EnvironmentLease: object(
    {
      ...leaseStanding.required,
      rules: ref('LeaseRules'),
      extension: ref('LeaseExtension'),
      rights: object({
        extend: { type: 'boolean' },
        override: { type: 'boolean' },
        hold: { type: 'boolean' },
        protect: { type: 'boolean' },
      }),
    },
    {
      ...leaseStanding.optional,
      brake: object({ since: timestamp }),
      moreTime: ref('MoreTimeRequest'),
    },
  ),
  LeaseHold: object({ ...safeguard, until: timestamp }),
  LeaseProtection: object(safeguard),
  LeaseLimit: object({ value: count, rule: text }),
  LeaseRules: object(
    { holdMax: limit },
    {
      default: limit,
      min: limit,
      max: limit,
      extensions: limit,
      extendBy: limit,
      jitter: limit,
      endRequiredBy: text,
    },
  ),
  LeaseExtension: object(
    {},
    {
      usualSeconds: count,
      until: timestamp,
      left: count,
      problem: ref('Problem'),
    },
  ),
  LeaseLedgerEntry: object(
    {
      kind: { enum: LEASE_ENTRY_KINDS },
      at: timestamp,
      actor: text,
      reason: text,
      rule: text,
      detail: { type: 'object' },
    },
    { id: text, expiresBefore: timestamp, expiresAfter: timestamp },
  ),
  LeaseLedgerPage: pageOf('LeaseLedgerEntry'),
  ExtendOffer: object(
    {
      environmentId: { type: 'string', format: 'uuid' },
      environmentName: text,
      seconds: count,
      reason: text,
      onExpiry: { enum: ON_EXPIRY },
      components: {
        type: 'array',
        items: object({ id: text, resources: count }),
      },
    },
    {
      expiresAt: timestamp,
      expiresAfter: timestamp,
      problem: ref('Problem'),
    },
  ),
  LeaseChange: object({
    dryRun: { type: 'boolean' },
    entries: { type: 'array', items: ref('LeaseLedgerEntry') },
    lease: ref('EnvironmentLease'),
  }),
  LeaseVerification: object(
    {
      checked: count,
      differing: { type: 'array', items: ref('LeaseDifference') },
    },
    { nextCursor: text },
  ),
  LeaseDifference: object(
    {
      environmentId: { type: 'string', format: 'uuid' },
      environmentName: text,
      fields: {
        type: 'array',
        items: object({ field: text }, { lease: {}, ledger: {} }),
      },
    },
    { broken: text },
  ),
  LeaseRequest: object({}, changeFields),
  HoldLeaseRequest: object({ reason, until: timestamp }, changeFields),
  MoveLeaseRequest: object({}, { ...changeFields, ...moveFields }),
  ExtendLeaseRequest: object(
    {},
    { ...changeFields, ...moveFields, override: { type: 'boolean' } },
  ),
};
