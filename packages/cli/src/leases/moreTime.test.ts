import { EnvironmentsClient } from '@greenroom/plugin-environments-common';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import { publishBlueprint, usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(120_000);

const BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: limited, title: Limited}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  components:
    site: {driver: fault, source: ./site, with: {count: 1}}
  ttl: {default: 1d, max: 3d, extensions: {by: 1d}}
`;

describe('the commands about more time than the limits allow', () => {
  const portal = usePortal(new FaultDriver());
  const greenroom = (...args: string[]) => portal.greenroom(...args);
  let client: EnvironmentsClient;
  let ada: EnvironmentsClient;

  beforeAll(async () => {
    ({ client } = portal);
    ada = await portal.clientOf('user:default/ada');
    await publishBlueprint(client, BLUEPRINT, { 'site/main.tf': '' });
  });

  async function create(name: string): Promise<string> {
    const { environment } = await client.createEnvironment(
      { name, blueprint: 'limited', owner: 'user:default/mock', inputs: {} },
      { idempotencyKey: name },
    );
    return environment!.id;
  }
  const why = 'the demo has moved to Monday';
  const asking = (name: string) => [
    ...['extend', name, '--by', '3d', '--ask', why],
  ];

  it('say how to ask where a limit refuses or cuts an extension', async () => {
    await create('refused');
    const refused = await greenroom('extend', 'refused', '--by', '3d');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(
      /3 d more at once is over the 1 d .*\n {2}→ .* ask for more time .* --ask "why"/,
    );
    expect((await greenroom('extend', 'refused')).code).toBe(0);
    expect((await greenroom('extend', 'refused', '--by', '1d')).code).toBe(0);
    const over = await greenroom('extend', 'refused', '--by', '1h');
    expect(over.err).toContain('--ask "why"');
    const other = await greenroom('extend', 'none', '--by', '1h');
    expect(other.err).not.toContain('--ask');
  });

  it('ask, show who waits, and withdraw', async () => {
    const id = await create('asking');
    const dry = await greenroom(...asking('asking'), '--dry-run');
    expect(dry).toMatchObject({ code: 0, err: '' });
    expect((await client.getLease(id)).moreTime).toBeUndefined();

    const asked = await greenroom(...asking('asking'));
    expect(asked).toMatchObject({ code: 0, err: '' });
    const { expiresAt, moreTime } = await client.getLease(id);
    expect(asked.out).toContain(`asking: ends at ${expiresAt}.`);
    expect(asked.out).toContain('It moves nothing until somebody approves it.');
    const shown = await greenroom('lease', 'show', 'asking');
    expect(shown.out).toContain(
      `asked     for ${moreTime?.until} by user:default/mock at`,
    );
    expect(shown.out).toContain('waits for an answer; it moves nothing');
    const listed = await greenroom('lease', 'requests');
    expect(listed.out).toMatch(
      /asking +user:default\/mock +user:default\/mock .* the demo has moved/,
    );
    expect(listed.out).toContain('1 of 1. Unanswered, they end as ENDS says.');
    const json = await greenroom('lease', 'requests', '--json');
    expect(JSON.parse(json.out)).toMatchObject({
      items: [{ environmentId: id, reason: why }],
    });

    const own = await greenroom('lease', 'approve', 'asking');
    expect(own).toMatchObject({ code: 1, out: '' });
    expect(own.err).toContain('somebody else answers it');
    const withdrawn = await greenroom('lease', 'withdraw', 'asking');
    expect(withdrawn).toMatchObject({ code: 0, err: '' });
    expect((await greenroom('lease', 'requests')).out).toBe(
      'Nobody asks for more time.\n',
    );
    const late = await greenroom('lease', 'withdraw', 'asking');
    expect(late.err).toMatch(/user:default\/mock answered .* withdrawn/);
  });

  it('approve and decline what somebody else asks for', async () => {
    const id = await create('answered');
    const ask = () => ada.moreTime.ask(id, { by: '3d', reason: why });
    await ask();
    const reason = ['--reason', 'a smaller one will do'];
    const silent = await greenroom('lease', 'decline', 'answered');
    expect(silent.code).not.toBe(0);
    const declined = await greenroom(
      ...['lease', 'decline', 'answered', ...reason],
    );
    expect(declined).toMatchObject({ code: 0, err: '' });
    const shown = await greenroom('lease', 'show', 'answered');
    expect(shown.out).toMatch(/declined by user:default\/mock .* a smaller/);

    const { lease } = await ask();
    const dry = await greenroom('lease', 'approve', 'answered', '--dry-run');
    expect(dry.out).toContain(
      `It would be so: ends at ${lease.moreTime?.until}`,
    );
    const approved = await greenroom('lease', 'approve', 'answered');
    expect(approved).toMatchObject({ code: 0, err: '' });
    expect((await client.getLease(id)).expiresAt).toBe(lease.moreTime?.until);
    const verified = await greenroom('lease', 'verify');
    expect(verified).toMatchObject({ code: 0 });
  });

  it('take one way to go beyond the limits at a time', async () => {
    const both = await greenroom(...asking('asking'), '--override');
    expect(both).toMatchObject({ code: 2, out: '' });
  });
});
