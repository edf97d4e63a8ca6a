import {
  Environment,
  OperationPlan,
  OperationSummary,
  Page,
  SubmitOperationRequest,
} from '@greenroom/plugin-environments-common';
import { fails } from '@greenroom/plugin-environments-node/contract-kit';
import { expectBody } from '../../testing/api';
import { useOperationsApi } from './__testUtils__/operationsApi';

describe('operations over HTTP', () => {
  const lab = useOperationsApi();
  const { driver, create, rest, submit, reached, done, refused } = lab;

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
      const before = (await lab.api.get(`/environments/${id}`))
        .body as Environment;

      const dry = await done(id, { ...request, dryRun: true });
      expect(dry).toMatchObject({ kind: request.kind, dryRun: true });
      expect(dry.steps.map(step => step.action)).not.toContain('apply');
      const plan = await lab.api.get(`/operations/${dry.id}/plan`).expect(200);
      expectBody('OperationPlan', plan.body);
      expect((plan.body as OperationPlan).summary).toEqual(summary);
      const { teardownCheck, ...between } = (
        await lab.api.get(`/environments/${id}`)
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
    const found = await lab.api.get(`/environments/by-name/${name}`);
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
    const { body } = await lab.api.get(`/operations?environmentId=${id}`);
    expect((body as Page<OperationSummary>).total).toBe(1);
  });

  it('hears the key of a retry and of a rollback', async () => {
    const id = await create('keyed');
    const { body } = await lab.api.get(`/operations?environmentId=${id}`);
    const [created] = (body as Page<OperationSummary>).items;
    driver.script('site', { apply: fails() });
    const update = { kind: 'update', inputs: { size: 'large' } } as const;
    const failed = await reached((await submit(id, update)).id, 'failed');
    driver.script('site', {});
    const moves = [`${failed.id}/retry`, `${created.id}/roll-back-to`];
    const ask = (path: string) =>
      lab.api
        .post(`/operations/${path}`, {})
        .set('Idempotency-Key', path)
        .expect(202);
    for (const path of moves) {
      const { body: first } = await ask(path);
      await reached(first.id, 'succeeded');
      expect((await ask(path)).body.id).toBe(first.id);
    }
    const tooLong = await lab.api
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
    const other = await lab.api
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

  it('lists operations over all environments', async () => {
    const id = await create('listed');
    await done(id, { kind: 'update', dryRun: true });
    const { body } = await lab.api
      .get('/operations?search=listed&kind=update&kind=pause&limit=1')
      .expect(200);
    expectBody('OperationPage', body);
    expect(body).toMatchObject({
      total: 1,
      items: [{ kind: 'update', dryRun: true, environmentName: 'listed' }],
    });
  });
});
