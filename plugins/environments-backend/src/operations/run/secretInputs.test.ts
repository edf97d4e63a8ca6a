import {
  DriverContext,
  DriverError,
} from '@greenroom/plugin-environments-node';
import { FaultScript } from '@greenroom/plugin-environments-node/contract-kit';
import { MIRA, startTestEngine, TestEngine } from '../../testing/engine';
import { useTestDatabases } from '../../testing/database';

const SECRET = 'correct horse/battery';
/** Everything of it that could be read again without a key. */
const LEAK =
  /.{0,60}(correct.horse|horse.battery|co-R-|Y29ycmVjdC|tea-for-two)/gi;

const VAULTED = (version: string, more = '') => `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: vaulted, title: Vaulted}
spec:
  type: sandbox
  owner: group:default/platform
  version: ${version}
  inputs:
    type: object
    required: [password]
    properties:
      size: {type: string, default: small}
      password: {type: string, minLength: 8, ui:field: Secret}
      token: {type: string, ui:widget: password}
      ${more}
  components:
    database:
      driver: fault
      source: ./database
      with:
        size: '\${{ inputs.size }}'
        password: '\${{ inputs.password }}'
        url: 'db://admin:\${{ inputs.password }}@\${{ environment.slug }}'
        turned: '\${{ inputs.password.split("r").join("-R-") }}'
  outputs:
    given: {value: '\${{ components.database.outputs.given }}'}
  ttl: {default: 1h}
`;

/** A driver that hands what it was given on wherever it can. */
const CHATTY: FaultScript = {
  plan: ({ context }) => tell(context),
  apply: ({ context }) => tell(context),
  destroy: ({ context }) => tell(context),
  outputs: given => ({
    given: { value: given.url, sensitive: false },
    turned: { value: given.turned, sensitive: false },
  }),
};

function tell(context: DriverContext) {
  for (const text of Object.values(context.component.with)) {
    context.log({ stream: 'stdout', level: 'info', text: `given ${text}` });
  }
}

describe('A secret input', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
    await engine.blueprints.publish(VAULTED('1.0.0'));
    engine.driver.script('database', CHATTY);
  });
  afterEach(() => engine.stop());

  const create = (inputs = {}) =>
    engine.create({
      blueprint: 'vaulted',
      inputs: { password: SECRET, ...inputs },
    });
  const given = () => engine.driver.calls.at(-1)!.with;
  const succeeded = async (id: string) =>
    expect(await engine.knex('operations').where({ id }).first()).toMatchObject(
      { state: 'succeeded' },
    );

  /** All that anybody could read who has the database, the logs or the API. */
  async function everything(): Promise<string> {
    const { rows } = await engine.knex.raw(
      'SELECT tablename FROM pg_tables WHERE schemaname = current_schema()',
    );
    const tables: string[] = [];
    for (const { tablename } of rows) {
      const all = await engine.knex.raw('SELECT t::text AS row FROM ?? t', [
        tablename,
      ]);
      tables.push(...all.rows.map(({ row }: { row: string }) => row));
    }
    expect(tables.join()).toContain('vaulted');
    const said = Object.values(engine.logger)
      .filter(method => jest.isMockFunction(method))
      .flatMap(method => method.mock.calls);
    return JSON.stringify([tables, said, engine.notices]);
  }

  const leaksIn = (told: unknown) => JSON.stringify(told).match(LEAK) ?? [];

  it('reaches the driver, and nothing else, in a whole life', async () => {
    const created = await create();
    await engine.work();
    expect(given()).toMatchObject({
      password: SECRET,
      url: `db://admin:${SECRET}@${created.environment.name}`,
    });
    const id = created.environment.id;
    await engine.submit(id, { kind: 'update', inputs: { size: 'large' } });
    await engine.work();
    engine.driver.script('database', {
      ...CHATTY,
      destroy: ({ context }) => {
        const { url, turned } = context.component.with;
        throw new DriverError({
          code: 'fault.refused',
          message: `Nobody is let in by ${url} (${turned})`,
          detail: String(context.component.with.password),
        });
      },
    });
    await engine.submit(id, { kind: 'destroy' });
    await engine.work();
    engine.driver.script('database', CHATTY);
    await engine.submit(id, { kind: 'destroy' });
    await engine.work();
    const environment = await engine.rooms.environments.get(id, MIRA);
    expect(environment).toMatchObject({
      state: 'destroyed',
      inputs: { size: 'large' },
      secretInputs: ['password'],
    });
    const all = await everything();
    expect(leaksIn(all)).toEqual([]);
    expect(all).toContain('given •••');
    expect(all).toContain('Nobody is let in by •••');
    expect(leaksIn([created, environment])).toEqual([]);
  });

  it('is shown by no dry run, of a create or of an update', async () => {
    const request = { inputs: { password: SECRET }, blueprint: 'vaulted' };
    const checked = await engine.create({ ...request, dryRun: true });
    expect(checked).toMatchObject({ secretInputs: ['password'] });
    const planned = await engine.create({
      ...request,
      dryRun: true,
      plan: true,
    });
    await engine.work();
    await succeeded(planned.operation.id);
    const { environment } = await create();
    await engine.work();
    const update = await engine.submit(environment.id, {
      kind: 'update',
      dryRun: true,
      inputs: { password: `new ${SECRET}` },
    });
    await engine.work();
    await succeeded(update.id);
    expect(leaksIn([checked, planned, update])).toEqual([]);
    expect(leaksIn(await everything())).toEqual([]);
  });

  it('stays as it is where a change does not name it, goes by null, and comes back by a rollback', async () => {
    const { environment, operation } = await create({ token: 'tea-for-two' });
    await engine.work();
    const { id } = environment;
    const update = (inputs?: object) =>
      engine.submit(id, { kind: 'update', inputs: inputs as never });
    const kept = await update({ size: 'large' });
    await engine.work();
    expect(kept.secretInputs).toEqual(['token', 'password']);
    expect(given()).toMatchObject({ size: 'large', password: SECRET });

    const other = await update({ password: 'another-horse', token: null });
    await engine.work();
    expect(other.secretInputs).toEqual(['password']);
    expect(given()).toMatchObject({ password: 'another-horse' });

    await expect(update({ password: null })).rejects.toMatchObject({
      problems: [{ code: 'input.missing', field: '/inputs/password' }],
    });
    await engine.rooms.operationMoves.rollBackTo(operation.id, {}, MIRA);
    await engine.work();
    expect(given()).toMatchObject({ size: 'small', password: SECRET });
  });

  it('that is given again as it was changes nothing', async () => {
    const { environment, operation } = await create();
    await engine.work();
    const same = await engine.submit(environment.id, {
      kind: 'update',
      inputs: { password: SECRET },
    });
    await engine.work();
    await succeeded(same.id);
    const again = await engine.rooms.operations.get(operation.id, MIRA);
    expect(again.moves).toContainEqual(
      expect.objectContaining({ move: 'rollback', allowed: false }),
    );
  });

  it('goes with an upgrade, unless the version does not hold it to be a secret', async () => {
    const { environment } = await create({ token: 'tea-for-two' });
    await engine.work();
    await engine.blueprints.publish(VAULTED('1.1.0', 'zone: {type: string}'));
    const upgrade = (version: string) =>
      engine.submit(environment.id, { kind: 'upgrade', version });
    const upgraded = await upgrade('1.1.0');
    await engine.work();
    expect(upgraded.secretInputs).toEqual(['token', 'password']);
    const open = VAULTED('2.0.0').replace(', ui:widget: password', '');
    await engine.blueprints.publish(open);
    const opened = await upgrade('2.0.0');
    await engine.work();
    expect(opened).toMatchObject({
      inputs: { size: 'small' },
      secretInputs: ['password'],
    });
    expect(leaksIn(await everything())).toEqual([]);
  });

  it.each([
    [{ password: 'short' }, 'input.secret.short', '/inputs/password'],
    [{ token: 'tea' }, 'input.secret.short', '/inputs/token'],
    [{ size: { $sealed: 'AAAA' } }, 'input.type', '/inputs/size'],
  ])('that could not be kept is refused: %j', async (inputs, code, field) => {
    await expect(create(inputs)).rejects.toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({ code, field }),
      ]),
    });
  });

  it('is told to the driver that checks the source', async () => {
    const validate = jest.spyOn(engine.driver, 'validate');
    await engine.blueprints.publish(VAULTED('1.2.0', 'zone: {type: string}'));
    expect(validate).toHaveBeenCalledTimes(1);
    expect(validate.mock.calls[0][0].secrets).toEqual([
      'password',
      'url',
      'turned',
    ]);
  });
});
