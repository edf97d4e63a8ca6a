import {
  Environment,
  Operation,
  OperationMove,
  OperationPlan,
  OperationState,
  OperationSummary,
  Page,
  ProblemsBody,
  SubmitOperationRequest,
} from '@greenroom/plugin-environments-common';
import {
  byAttempt,
  FaultDriver,
  fails,
  hangs,
  waitsFor,
} from '@greenroom/plugin-environments-node/contract-kit';
import { expectBody, startTestApi, TestApi } from '../../testing/api';
import { useTestDatabases } from '../../testing/database';

/** Two components in a row; the second version has an input and a component more. */
const blueprint = (version: string) => `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: web, title: Web}
spec:
  type: sandbox
  owner: group:default/platform
  version: ${version}
  inputs:
    type: object
    properties:
      size: {type: string, enum: [small, large], default: small}
${version === '1.0.0' ? '' : '      colour: {type: string, default: green}'}
  components:
    site:
      driver: fault
      source: ./site
      with: {size: '\${{ inputs.size }}', instances: 2}
      pause: {with: {instances: 0}}
${version === '1.0.0' ? '' : "    extra: {driver: fault, source: ./site, with: {colour: '${{ inputs.colour }}'}}"}
  outputs: {}
  ttl: {default: 1h}
`;

describe('operations over HTTP', () => {
  const driver = new FaultDriver();
  let api: TestApi;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => api.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    api = await startTestApi({ knex: await databases.create(), driver });
    await api.publish(blueprint('1.0.0'), ['site']);
    await api.publish(blueprint('1.1.0'), ['site']);
  });
  afterEach(() => {
    driver.script('site', {});
  });

  const rest = (id: string, state: string) =>
    api.until<Environment>(
      `/environments/${id}`,
      environment => environment.state === state,
    );

  async function create(name: string, state = 'running'): Promise<string> {
    const { body } = await api
      .post('/environments', {
        name,
        blueprint: 'web',
        version: '1.0.0',
        owner: 'user:default/mock',
        inputs: {},
      })
      .expect(202);
    await rest(body.environment.id, state);
    return body.environment.id;
  }

  async function submit(
    id: string,
    request: SubmitOperationRequest,
    key?: string,
  ): Promise<Operation> {
    const call = api.post(`/environments/${id}/operations`, request);
    if (key) call.set('Idempotency-Key', key);
    const { body } = await call.expect(202);
    expectBody('Operation', body);
    return body;
  }

  const reached = (id: string, state: OperationState) =>
    api.until<Operation>(
      `/operations/${id}`,
      operation => operation.state === state,
    );

  async function done(id: string, request: SubmitOperationRequest) {
    return reached((await submit(id, request)).id, 'succeeded');
  }

  async function move(id: string, name: string, body = {}): Promise<Operation> {
    const answer = await api.post(`/operations/${id}/${name}`, body);
    expect(answer.body).not.toHaveProperty('problems');
    expectBody('Operation', answer.body);
    expect(answer.status).toBe(202);
    return answer.body;
  }

  async function refused(path: string, body: object, status: number) {
    const answer = await api.post(path, body).expect(status);
    expectBody('ErrorBody', answer.body);
    return (answer.body as ProblemsBody).problems[0];
  }

  const moveOf = (operation: Operation, name: OperationMove['move']) =>
    operation.moves.find(each => each.move === name)!;

  it.each<[SubmitOperationRequest, string, object]>([
    [
      { kind: 'update', inputs: { size: 'large' } },
      'running',
      { add: 0, change: 1, remove: 0 },
    ],
    [{ kind: 'upgrade' }, 'running', { add: 1, change: 0, remove: 0 }],
    [{ kind: 'pause' }, 'paused', { add: 0, change: 1, remove: 0 }],
    [{ kind: 'remediate' }, 'running', { add: 0, change: 0, remove: 0 }],
    [{ kind: 'adopt' }, 'running', { add: 0, change: 0, remove: 0 }],
    [{ kind: 'destroy' }, 'destroyed', { add: 0, change: 0, remove: 1 }],
  ])(
    'carries out %j, after a dry run that changes nothing',
    async (request, state, summary) => {
      const id = await create(`kind-${request.kind}`);
      const before = (await api.get(`/environments/${id}`)).body as Environment;

      const dry = await done(id, { ...request, dryRun: true });
      expect(dry).toMatchObject({ kind: request.kind, dryRun: true });
      expect(dry.steps.map(step => step.action)).not.toContain('apply');
      const plan = await api.get(`/operations/${dry.id}/plan`).expect(200);
      expectBody('OperationPlan', plan.body);
      expect((plan.body as OperationPlan).summary).toEqual(summary);
      const { teardownCheck, ...between } = (
        await api.get(`/environments/${id}`)
      ).body as Environment;
      expect(between).toEqual(before);
      // That of a destroy is kept, as what a teardown would come to.
      expect(teardownCheck?.operationId).toBe(
        request.kind === 'destroy' ? dry.id : undefined,
      );

      const real = await done(id, { ...request, reason: 'Because' });
      expect(real).toMatchObject({
        kind: request.kind,
        dryRun: false,
        cause: { code: 'request', message: 'Because' },
        plan: summary,
      });
      expectBody('Operation', real);
      expectBody('Environment', await rest(id, state));
    },
  );

  it('resumes what is paused, and says what can begin while it is', async () => {
    const id = await create('resumed');
    await done(id, { kind: 'pause' });
    const path = `/environments/${id}/operations`;
    const problem = await refused(path, { kind: 'update' }, 409);
    expect(problem).toMatchObject({ code: 'environment.state' });
    expect(problem.remedy).toContain('resume');
    await done(id, { kind: 'resume' });
    await rest(id, 'running');
  });

  it('finds nothing to do where nothing is changed', async () => {
    const id = await create('same');
    const operation = await done(id, { kind: 'update' });
    expect(operation.steps.map(step => step.state)).toEqual([
      'unchanged',
      'unchanged',
    ]);
  });

  it.each<[object, number, string, string | undefined]>([
    [
      { kind: 'update', inputs: { size: 'huge' } },
      400,
      'input.invalid',
      '/inputs/size',
    ],
    [
      { kind: 'update', inputs: { hue: 1 } },
      400,
      'input.unknown',
      '/inputs/hue',
    ],
    [
      { kind: 'update', version: '1.1.0' },
      400,
      'operation.version.unwanted',
      '/version',
    ],
    [
      { kind: 'pause', inputs: {} },
      400,
      'operation.inputs.unwanted',
      '/inputs',
    ],
    [
      { kind: 'upgrade', version: '1.0.0' },
      400,
      'operation.version.same',
      '/version',
    ],
    [
      { kind: 'upgrade', version: '9.9.9' },
      404,
      'blueprint.version.not-found',
      '/version',
    ],
    [{ kind: 'create' }, 400, 'request.shape', '/kind'],
    [{ kind: 'paint' }, 400, 'request.shape', '/kind'],
    [{ kind: 'update', colour: 1 }, 400, 'request.shape', '/colour'],
    [{ kind: 'resume' }, 409, 'environment.state', undefined],
  ])('refuses %j with %s %s', async (request, status, code, field) => {
    const name = 'refusing';
    const found = await api.get(`/environments/by-name/${name}`);
    const id = found.status === 200 ? found.body.id : await create(name);
    const problem = await refused(
      `/environments/${id}/operations`,
      request,
      status,
    );
    expect({ code: problem.code, field: problem.field }).toEqual({
      code,
      field,
    });
    expect(problem.remedy).toBeTruthy();
    const { body } = await api.get(`/operations?environmentId=${id}`);
    expect((body as Page<OperationSummary>).total).toBe(1);
  });

  it('hears the key of a retry and of a rollback', async () => {
    const id = await create('keyed');
    const { body } = await api.get(`/operations?environmentId=${id}`);
    const [created] = (body as Page<OperationSummary>).items;
    driver.script('site', { apply: fails() });
    const update = { kind: 'update', inputs: { size: 'large' } } as const;
    const failed = await reached((await submit(id, update)).id, 'failed');
    driver.script('site', {});
    const moves = [`${failed.id}/retry`, `${created.id}/roll-back-to`];
    const ask = (path: string) =>
      api
        .post(`/operations/${path}`, {})
        .set('Idempotency-Key', path)
        .expect(202);
    for (const path of moves) {
      const { body: first } = await ask(path);
      await reached(first.id, 'succeeded');
      expect((await ask(path)).body.id).toBe(first.id);
    }
    const tooLong = await api
      .post(`/operations/${failed.id}/retry`, {})
      .set('Idempotency-Key', 'k'.repeat(201));
    expect(tooLong.status).toBe(400);
  });

  it('makes one operation of a request that is sent twice, for every kind', async () => {
    const id = await create('idempotent');
    const update = { kind: 'update', inputs: { size: 'large' } } as const;
    const [first, second] = await Promise.all([
      submit(id, update, 'once'),
      submit(id, update, 'once'),
    ]);
    expect(second.id).toBe(first.id);
    await reached(first.id, 'succeeded');
    expect((await submit(id, update, 'once')).id).toBe(first.id);
    const other = await api
      .post(`/environments/${id}/operations`, { kind: 'pause' })
      .set('Idempotency-Key', 'once')
      .expect(409);
    expect(other.body.problems[0].code).toBe('request.idempotency-key.reused');
    const destroys = await Promise.all(
      [1, 2, 3].map(() => submit(id, { kind: 'destroy' }, 'the-end')),
    );
    expect(new Set(destroys.map(each => each.id)).size).toBe(1);
    await rest(id, 'destroyed');
  });

  describe('while another operation is under way', () => {
    /** An update that goes on until the gate is opened. */
    async function busy(name: string) {
      let open = () => {};
      const gate = new Promise<void>(resolve => {
        open = resolve;
      });
      const id = await create(name);
      driver.script('site', { apply: waitsFor(gate) });
      const running = await submit(id, {
        kind: 'update',
        inputs: { size: 'large' },
      });
      await api.until<Operation>(`/operations/${running.id}`, operation =>
        operation.steps.some(
          step => step.action === 'apply' && step.state === 'running',
        ),
      );
      return { id, running, open };
    }

    it('refuses another one, and names the one that runs', async () => {
      const { id, running, open } = await busy('busy');
      const path = `/environments/${id}/operations`;
      const problem = await refused(path, { kind: 'destroy' }, 409);
      expect(problem).toMatchObject({
        code: 'environment.busy',
        operationId: running.id,
      });
      expect(problem.message).toContain('operation 2');
      const { body } = await api.get(`/environments/${id}`);
      expectBody('Environment', body);
      expect(body.activeOperation).toMatchObject({
        id: running.id,
        state: 'running',
        owner: 'user:default/mock',
        dryRun: false,
      });
      open();
      await reached(running.id, 'succeeded');
    });

    it('queues behind it when asked, and then knows what the environment has become', async () => {
      const { id, running, open } = await busy('queued');
      const behind = await submit(id, {
        kind: 'upgrade',
        whenBusy: 'queue',
        inputs: { size: 'large', colour: 'red' },
      });
      expect(behind).toMatchObject({
        state: 'pending',
        steps: [],
        behind: { id: running.id, number: 2, kind: 'update' },
      });
      const last = await submit(id, { kind: 'update', whenBusy: 'queue' });
      expect(last).toMatchObject({
        behind: { id: behind.id },
        blueprint: { version: '1.1.0' },
        inputs: { colour: 'red' },
      });
      open();
      await reached(last.id, 'succeeded');
      const { body } = await api.get(`/environments/${id}`);
      expect(body).toMatchObject({
        state: 'running',
        blueprint: { version: '1.1.0' },
        inputs: { size: 'large', colour: 'red' },
      });
    });

    it('ends one that waits for its turn as soon as it is cancelled', async () => {
      const { id, running, open } = await busy('called-off');
      const behind = await submit(id, { kind: 'pause', whenBusy: 'queue' });
      const cancelled = await move(behind.id, 'cancel', { reason: 'No need' });
      expect(cancelled).toMatchObject({
        state: 'cancelled',
        cancel: { by: 'user:default/mock', reason: 'No need' },
        problem: { code: 'operation.cancelled' },
      });
      open();
      await reached(running.id, 'succeeded');
      await rest(id, 'running');
    });
  });

  it('interrupts a running operation that is cancelled, once', async () => {
    const id = await create('cancelled');
    driver.script('site', { apply: hangs() });
    const operation = await submit(id, {
      kind: 'update',
      inputs: { size: 'large' },
    });
    await api.until<Operation>(`/operations/${operation.id}`, ({ steps }) =>
      steps.some(step => step.action === 'apply' && step.state === 'running'),
    );
    await move(operation.id, 'cancel', { reason: 'Too slow' });
    const ended = await reached(operation.id, 'cancelled');
    expect(ended.cancel).toMatchObject({ reason: 'Too slow' });
    expect(ended.steps.at(-1)).toMatchObject({ state: 'cancelled' });
    const path = `/operations/${operation.id}/cancel`;
    const problem = await refused(path, {}, 409);
    expect(problem).toMatchObject({
      code: 'operation.ended',
      message: 'It has ended.',
    });
  });

  it('waits for the confirmation of exactly the plan that was read', async () => {
    const id = await create('confirmed');
    const { id: operationId } = await submit(id, {
      kind: 'update',
      inputs: { size: 'large' },
      confirm: true,
    });
    const waiting = await reached(operationId, 'waiting');
    expectBody('Operation', waiting);
    expect(moveOf(waiting, 'confirm').allowed).toBe(true);
    const { body: plan } = await api.get(`/operations/${operationId}/plan`);
    expect(waiting.confirmation).toMatchObject({
      planHash: plan.hash,
      until: expect.any(String),
    });
    const path = `/operations/${operationId}/confirm`;
    const problem = await refused(path, { planHash: 'another' }, 409);
    expect(problem.code).toBe('operation.plan-changed');
    await refused(path, {}, 400);
    expect((await rest(id, 'updating')).inputs).toEqual({ size: 'small' });

    await move(operationId, 'confirm', { planHash: plan.hash });
    const ended = await reached(operationId, 'succeeded');
    expect(ended.confirmation).toMatchObject({
      planHash: plan.hash,
      confirmedBy: 'user:default/mock',
    });
    expect((await rest(id, 'running')).inputs).toEqual({ size: 'large' });
    const again = await refused(path, { planHash: plan.hash }, 409);
    expect(again.code).toBe('operation.ended');
  });

  it('gives up a plan that waits when it is cancelled', async () => {
    const id = await create('unconfirmed');
    const { id: operationId } = await submit(id, {
      kind: 'update',
      inputs: { size: 'large' },
      confirm: true,
    });
    await reached(operationId, 'waiting');
    const cancelled = await move(operationId, 'cancel');
    expect(cancelled.state).toBe('cancelled');
    expect(cancelled.steps.map(step => step.state)).toEqual([
      'succeeded',
      'skipped',
    ]);
    expect((await rest(id, 'running')).inputs).toEqual({ size: 'small' });
  });

  describe('after a failure', () => {
    async function failed(name: string) {
      const id = await create(name);
      driver.script('site', { apply: byAttempt(() => {}, fails()) });
      const { id: operationId } = await submit(id, {
        kind: 'update',
        inputs: { size: 'large' },
      });
      return { id, operation: await reached(operationId, 'failed') };
    }

    it('tries the same again', async () => {
      const { id, operation } = await failed('retried');
      expect(moveOf(operation, 'retry').allowed).toBe(true);
      expect((await rest(id, 'degraded')).inputs).toEqual({ size: 'large' });
      const retry = await move(operation.id, 'retry', { reason: 'Once more' });
      expect(retry).toMatchObject({
        kind: 'update',
        inputs: { size: 'large' },
        cause: {
          code: 'retry',
          message: 'Once more',
          operationId: operation.id,
        },
      });
      await reached(retry.id, 'succeeded');
      await rest(id, 'running');

      const path = `/operations/${operation.id}/retry`;
      expect(await refused(path, {}, 409)).toMatchObject({
        code: 'operation.superseded',
        message: `A newer operation has changed the environment since: operation ${retry.number}.`,
        operationId: retry.id,
      });
      const own = await refused(`/operations/${retry.id}/retry`, {}, 409);
      expect(own.code).toBe('operation.succeeded');
    });

    it('goes back to what was there before, as the page says', async () => {
      const { id, operation } = await failed('rolled-back');
      const rollback = moveOf(operation, 'rollback');
      expect(rollback).toMatchObject({ allowed: true });
      const back = await move(rollback.operationId!, 'roll-back-to');
      expect(back).toMatchObject({
        kind: 'update',
        inputs: { size: 'small' },
        cause: { code: 'rollback', operationId: rollback.operationId },
      });
      await reached(back.id, 'succeeded');
      expect((await rest(id, 'running')).inputs).toEqual({ size: 'small' });
      const path = `/operations/${rollback.operationId}/roll-back-to`;
      const problem = await refused(path, {}, 409);
      expect(problem.code).toBe('operation.present');
      const other = await refused(
        `/operations/${operation.id}/roll-back-to`,
        {},
        409,
      );
      expect(other.code).toBe('operation.not-succeeded');
    });

    it('goes back to another version by an upgrade, dry first', async () => {
      const id = await create('version-back');
      const [created] = (await api.get(`/operations?environmentId=${id}`)).body
        .items as OperationSummary[];
      await done(id, { kind: 'upgrade' });
      const dry = await move(created.id, 'roll-back-to', { dryRun: true });
      expect(dry).toMatchObject({ kind: 'upgrade', dryRun: true });
      expect((await reached(dry.id, 'succeeded')).plan).toMatchObject({
        remove: 1,
      });
      const problem = await refused(`/operations/${dry.id}/retry`, {}, 409);
      expect(problem.code).toBe('operation.dry-run');
      const back = await move(created.id, 'roll-back-to');
      await reached(back.id, 'succeeded');
      const environment = await rest(id, 'running');
      expect(environment.blueprint.version).toBe('1.0.0');
    });
  });

  it('takes an operation away from its worker, for a reason', async () => {
    const id = await create('taken-over');
    driver.script('site', {
      apply: byAttempt(() => {}, hangs()),
    });
    const { id: operationId } = await submit(id, {
      kind: 'update',
      inputs: { size: 'large' },
    });
    await api.until<Operation>(`/operations/${operationId}`, ({ steps }) =>
      steps.some(step => step.action === 'apply' && step.state === 'running'),
    );
    const path = `/operations/${operationId}/take-over`;
    expect((await refused(path, {}, 400)).field).toBe('/reason');
    await move(operationId, 'take-over', { reason: 'It hangs' });
    const ended = await reached(operationId, 'succeeded');
    expect(ended.steps.find(step => step.action === 'apply')?.attempt).toBe(2);
    const problem = await refused(path, { reason: 'Again' }, 409);
    expect(problem.code).toBe('operation.ended');
  });

  it('lists operations over all environments', async () => {
    const id = await create('listed');
    await done(id, { kind: 'update', dryRun: true });
    const { body } = await api
      .get('/operations?search=listed&kind=update&kind=pause&limit=1')
      .expect(200);
    expectBody('OperationPage', body);
    expect(body).toMatchObject({
      total: 1,
      items: [{ kind: 'update', dryRun: true, environmentName: 'listed' }],
    });
  });
});
