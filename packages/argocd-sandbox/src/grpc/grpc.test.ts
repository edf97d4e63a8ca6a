import { once } from 'node:events';
import { connect } from 'node:net';
import { ask, askByHttp2, request } from '../__testUtils__/grpcClient';
import { ArgocdSandbox, STAND_IN_HEADER, startArgocdSandbox } from '../server';
import { messageFrame, MOST_BYTES } from './frames';

const APPLICATIONS = 'application.ApplicationService';
const TOKEN = 'the-token';
const mine = { token: TOKEN };

describe('gRPC of the stand-in for Argo CD', () => {
  let sandbox: ArgocdSandbox;
  beforeAll(async () => {
    sandbox = await startArgocdSandbox({
      accounts: [
        { name: 'greenroom', token: TOKEN, projects: ['default'] },
        { name: 'admin', password: 'wird-schön' },
      ],
      projects: ['default', 'foreign'],
    });
  });
  afterAll(() => sandbox.close());

  const get = (message: { name?: string; project?: string[] }) =>
    request(`${APPLICATIONS}/Get`, message);
  const list = `${APPLICATIONS}/List`;

  describe.each([
    ['gRPC-web', ask],
    ['HTTP/2', askByHttp2],
  ])('by %s', (_, call) => {
    const asked = (name: string, message: object, headers = {}) =>
      call(sandbox.url, name, request(name, message), headers);

    it('says to everybody what it is', async () => {
      await expect(
        asked('version.VersionService/Version', {}),
      ).resolves.toMatchObject({
        answer: { Version: 'v3.2.11+stand-in' },
        code: 0,
      });
    });

    it('gives who signs in a token that the command line can read', async () => {
      const name = 'session.SessionService/Create';
      const { answer } = await asked(name, {
        username: 'admin',
        password: 'wird-schön',
      });
      const { token } = answer as { token: string };
      const [, claims] = token.split('.');
      expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
        ...{ iss: 'argocd', sub: 'admin:login', jti: expect.any(String) },
      });
      const info = 'session.SessionService/GetUserInfo';
      await expect(asked(info, {}, { token })).resolves.toMatchObject({
        answer: { loggedIn: true, username: 'admin' },
      });
      await expect(
        asked(name, { username: 'admin', password: 'other' }),
      ).resolves.toMatchObject({
        code: 16,
        message: 'Invalid username or password',
      });
    });

    it.each([
      ['no token', {}, 16, 'no session information'],
      ['an unknown one', { token: 'other' }, 16, 'token is malformed'],
      ['its own', mine, 0, ''],
      ['its own, as HTTP has it', { authorization: `Bearer ${TOKEN}` }, 0, ''],
    ])(
      'knows callers by their tokens: %s',
      async (__, headers, code, words) => {
        const { answer, ...ended } = await asked(list, {}, headers);
        expect(ended).toMatchObject({
          code,
          message: expect.stringContaining(words),
        });
      },
    );

    it('does not tell whether an application is there to who names no project', async () => {
      const name = `${APPLICATIONS}/Get`;
      for (const message of [
        { name: 'none' },
        { name: 'no', project: ['foreign'] },
      ])
        await expect(asked(name, message, mine)).resolves.toMatchObject({
          ...{ code: 7, message: 'permission denied' },
        });
      await expect(
        asked(name, { name: 'none', project: ['default'] }, mine),
      ).resolves.toMatchObject({
        code: 5,
        message: 'applications.argoproj.io "none" not found',
      });
    });

    it.each([
      `${APPLICATIONS}/PodLogs`,
      'application.Other/Get',
      'constructor/name',
      `${APPLICATIONS}/Get/more`,
      '',
    ])(
      'says of the call "%s" that a stand-in does not serve it',
      async name => {
        await expect(
          call(sandbox.url, name, get({}), mine),
        ).resolves.toMatchObject({
          code: 12,
          message: expect.stringContaining('this is a stand-in for Argo CD'),
        });
      },
    );

    it.each([
      ['nothing', Buffer.alloc(0), 13, 'ends within its header'],
      ['half a header', Buffer.from([0, 0]), 13, 'ends within its header'],
      ['half a message', get({ name: 'a' }).subarray(0, 6), 13, 'and has 1'],
      [
        'two messages',
        Buffer.concat([get({}), get({})]),
        13,
        'there is more after it',
      ],
      ['other flags', Buffer.from([7, 0, 0, 0, 0]), 13, 'its flags are 7'],
      ['a compressed one', Buffer.from([1, 0, 0, 0, 0]), 12, 'compressed'],
      [
        'no message',
        messageFrame(Buffer.from('nonsense')),
        13,
        'unmarshalling',
      ],
      [
        'a header that promises too much',
        Buffer.from([0, 0xff, 0xff, 0xff, 0xff]),
        8,
        `(4294967295 vs. ${MOST_BYTES})`,
      ],
    ])('refuses %s', async (__, body, code, words) => {
      await expect(
        call(sandbox.url, `${APPLICATIONS}/Get`, body, mine),
      ).resolves.toMatchObject({
        code,
        message: expect.stringContaining(words),
      });
    });

    it('says of a selector that it is none before it watches by it', async () => {
      await expect(
        asked(`${APPLICATIONS}/Watch`, { selector: 'a in' }, mine),
      ).resolves.toMatchObject({
        code: 2,
        message: 'error parsing the selector: "a in" is none',
      });
    });
  });

  it('says what it is in the head of each answer, with how a call ended', async () => {
    const { headers } = await ask(sandbox.url, list, request(list, {}));
    expect(headers.get(STAND_IN_HEADER)).toContain('argocd');
    expect(headers.get('grpc-status')).toBe('16');
  });

  it('escapes what a head can not hold', async () => {
    const name = `${APPLICATIONS}/Get`;
    const message = get({ name: 'ä\r\n%', project: ['default'] });
    const { headers } = await ask(sandbox.url, name, message, mine);
    expect(headers.get('grpc-message')).toBe(
      'applications.argoproj.io "%C3%A4%0D%0A%25" not found',
    );
  });

  it('serves HTTP to who sends its first bytes one by one', async () => {
    const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
    socket.setNoDelay(true);
    const text =
      'GET /api/version HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n';
    for (const letter of text)
      await new Promise(resolve => {
        socket.write(letter, resolve);
      });
    const parts: Buffer[] = [];
    socket.on('data', part => parts.push(part));
    await once(socket, 'close');
    expect(Buffer.concat(parts).toString()).toContain('v3.2.11+stand-in');
  });

  it('lives on after who leaves in the middle', async () => {
    const address = [Number(new URL(sandbox.url).port), '127.0.0.1'] as const;
    for (const bytes of [
      '',
      'P',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense',
      '\x16\x03\x01',
    ]) {
      const socket = connect(...address);
      await once(socket, 'connect');
      socket.on('error', () => {});
      socket.end(bytes);
      socket.resume();
      await once(socket, 'close');
    }
    expect((await fetch(`${sandbox.url}/api/version`)).status).toBe(200);
  });
});
