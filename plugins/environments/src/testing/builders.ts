import {
  BlueprintSummary,
  BlueprintVersion,
  Environment,
  LogLine,
  Operation,
  OperationMove,
  Step,
} from '@greenroom/plugin-environments-common';

/** Times of built things count from here unless a builder is given others. */
export const SAMPLE_NOW = Date.parse('2026-11-19T11:18:00.000Z');

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function iso(now: number, offset: number): string {
  return new Date(now + offset).toISOString();
}

const BLUEPRINT_REF = {
  name: 'site-sandbox',
  title: 'Site sandbox',
  version: '1.2.0',
  entityRef: 'environmentblueprint:default/site-sandbox',
};

/** A create that ran for 42 s and succeeded two days ago. */
export function anOperation(
  part: Partial<Operation> = {},
  now = SAMPLE_NOW,
): Operation {
  return {
    id: 'op-1',
    environmentId: 'env-1',
    environmentName: 'shop-demo',
    owner: 'group:default/checkout',
    number: 1,
    kind: 'create',
    dryRun: false,
    state: 'succeeded',
    requestedBy: 'user:default/mira',
    requestedAt: iso(now, -2 * DAY),
    startedAt: iso(now, -2 * DAY + 1000),
    finishedAt: iso(now, -2 * DAY + 43_000),
    cause: { code: 'request', message: 'asked for in the portal' },
    plan: { add: 5, change: 0, remove: 0 },
    blueprint: BLUEPRINT_REF,
    inputs: { title: 'Shop demo' },
    steps: [
      aStep({ id: 'plan-site', action: 'plan', state: 'succeeded' }),
      aStep({
        id: 'apply-site',
        action: 'apply',
        state: 'succeeded',
        after: ['plan-site'],
      }),
    ],
    moves: movesOf(part),
    components: [
      {
        id: 'site',
        driver: 'terraform',
        state: 'ready',
        resources: 5,
        uses: [],
      },
    ],
    ...part,
  };
}

/** The moves that the server would allow an owner. */
function movesOf({ state = 'succeeded' }: Partial<Operation>): OperationMove[] {
  const over = ['succeeded', 'failed', 'cancelled'].includes(state);
  const early = state === 'failed' || state === 'cancelled';
  const move = (name: OperationMove['move'], reason?: string) => ({
    move: name,
    allowed: reason === undefined,
    reason,
  });
  return [
    move('cancel', over ? 'It has ended.' : undefined),
    move(
      'confirm',
      state === 'waiting' ? undefined : 'It does not wait for anybody.',
    ),
    move('retry', early ? undefined : 'It did not end early.'),
    move('rollback', 'There is no earlier success to go back to.'),
    move('takeOver', over ? 'It has ended.' : 'Only operators may take over.'),
    move('destroy', over ? undefined : 'An operation is under way.'),
  ];
}

export function aStep(part: Partial<Step> = {}, now = SAMPLE_NOW): Step {
  return {
    id: 'plan-site',
    component: 'site',
    action: 'plan',
    state: 'waiting',
    attempt: 1,
    startedAt:
      part.state && !['waiting', 'skipped', 'unchanged'].includes(part.state)
        ? iso(now, -2 * DAY + 1000)
        : undefined,
    finishedAt:
      part.state && ['succeeded', 'failed', 'cancelled'].includes(part.state)
        ? iso(now, -2 * DAY + 4000)
        : undefined,
    after: [],
    ...part,
  };
}

/** A running environment of the checkout team with 6 h 12 min of 72 h left. */
export function anEnvironment(
  part: Partial<Environment> = {},
  now = SAMPLE_NOW,
): Environment {
  return {
    id: 'env-1',
    name: 'shop-demo',
    entityRef: `environment:default/${part.name ?? 'shop-demo'}`,
    owner: 'group:default/checkout',
    createdBy: 'user:default/mira',
    type: 'sandbox',
    labels: {},
    blueprint: BLUEPRINT_REF,
    state: 'running',
    createdAt: iso(now, -2 * DAY),
    lease: {
      grantedAt: iso(now, 6.2 * HOUR - 3 * DAY),
      expiresAt: iso(now, 6.2 * HOUR),
      lastWarningAt: iso(now, 5.2 * HOUR),
      onExpiry: 'destroy',
      reason: '72 h of the blueprint',
    },
    inputs: { title: 'Shop demo' },
    outputs: [
      {
        name: 'url',
        title: 'Open the site',
        value: 'https://shop-demo.sandbox.example',
        sensitive: false,
      },
    ],
    components: [
      {
        id: 'site',
        driver: 'terraform',
        state: 'ready',
        resources: 5,
        uses: [],
      },
    ],
    latestOperation: anOperation(
      {
        environmentId: part.id ?? 'env-1',
        environmentName: part.name ?? 'shop-demo',
      },
      now,
    ),
    ...part,
  };
}

export function aBlueprint(
  part: Partial<BlueprintSummary> = {},
): BlueprintSummary {
  return {
    name: 'site-sandbox',
    title: 'Site sandbox',
    description: 'A small web site of your own, to try things on.',
    entityRef: 'environmentblueprint:default/site-sandbox',
    owner: 'group:default/platform',
    type: 'sandbox',
    tags: ['sandbox'],
    recommendedVersion: '1.2.0',
    versions: 2,
    environments: 4,
    typicalCreateSeconds: 42,
    problems: [],
    ...part,
  };
}

export function aBlueprintVersion(
  part: Partial<BlueprintVersion> = {},
): BlueprintVersion {
  return {
    name: 'site-sandbox',
    title: 'Site sandbox',
    description: 'A small web site of your own, to try things on.',
    entityRef: 'environmentblueprint:default/site-sandbox',
    owner: 'group:default/platform',
    type: 'sandbox',
    version: '1.2.0',
    status: 'published',
    problems: [],
    inputs: {
      type: 'object',
      required: ['title'],
      properties: {
        title: {
          type: 'string',
          title: 'Title',
          description: 'Stands on top of each page.',
          minLength: 3,
          maxLength: 60,
        },
        colour: {
          type: 'string',
          title: 'Colour',
          enum: ['green', 'blue', 'grey'],
          default: 'green',
        },
        pages: {
          type: 'integer',
          title: 'Pages',
          minimum: 1,
          maximum: 20,
          default: 3,
        },
        component: {
          type: 'string',
          title: 'Component',
          'ui:field': 'EntityPicker',
          'ui:options': { catalogFilter: { kind: 'Component' } },
        },
        indexed: {
          type: 'boolean',
          title: 'Let search engines find it',
          default: false,
        },
      },
    },
    components: [
      { id: 'site', driver: 'terraform', source: './site', uses: [] },
    ],
    outputs: [{ name: 'url', title: 'Open the site' }],
    ttl: {
      defaultSeconds: 2 * 3600,
      maxSeconds: 3 * 86_400,
      warnBeforeSeconds: [3600, 600],
    },
    snapshotDigest: 'sha256:5be0c19a',
    ...part,
  };
}

export function aLogLine(part: Partial<LogLine> = {}): LogLine {
  return {
    id: '1',
    time: iso(SAMPLE_NOW, 0),
    component: 'site',
    action: 'apply',
    stream: 'stdout',
    level: 'info',
    text: 'local_file.page["1"]: Creating...',
    ...part,
  };
}
