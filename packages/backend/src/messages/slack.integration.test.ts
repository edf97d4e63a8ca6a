import { createServer, IncomingMessage } from 'node:http';
import { globalAgent } from 'node:https';
import { AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import slackModule from '@backstage/plugin-notifications-backend-module-slack';
import {
  ADA,
  CHANNEL,
  MIRA,
  PORTAL,
  until,
  useTellingPortal,
} from './__testUtils__/tellingPortal';
import slackTexts from './slack';

interface Message {
  channel: string;
  text: string;
  username: string;
  attachments: { blocks: SectionBlock[] }[];
}

interface SectionBlock {
  text: { type: string; text: string };
  accessory: { url: string };
}

/**
 * Stands in for Slack, which can't be reached from a test: it takes the calls of Slack's own client
 * as https://docs.slack.dev/reference/methods describes them, and keeps what is posted.
 */
async function startSlack() {
  const messages: Message[] = [];
  const tokens = new Set<string | undefined>();
  const server = createServer(async (request, response) => {
    tokens.add(request.headers.authorization);
    const answer = await answered(request).catch(error => ({
      ok: false,
      error: String(error),
    }));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
  async function answered(request: IncomingMessage) {
    if (request.url === '/api/users.lookupByEmail') {
      const email = (await form(request)).get('email')!;
      return { ok: true, user: { id: email.replace(/@.*/, '-in-slack') } };
    }
    if (request.url === '/api/chat.postMessage') {
      const posted = await form(request);
      messages.push({
        channel: posted.get('channel')!,
        text: posted.get('text')!,
        username: posted.get('username')!,
        attachments: JSON.parse(posted.get('attachments')!),
      });
      return { ok: true, ts: `${messages.length}.0` };
    }
    return { ok: false, error: 'unknown_method' };
  }
  const listening = server.listen(0, '127.0.0.1');
  await new Promise(resolve => listening.once('listening', resolve));
  const { port } = listening.address() as AddressInfo;
  return {
    port,
    messages,
    tokens,
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function form(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await text(request));
}

describe('notifications by Slack', () => {
  let slack: Awaited<ReturnType<typeof startSlack>>;
  beforeAll(async () => {
    slack = await startSlack();
    // The client takes no other address than Slack's.
    jest
      .spyOn(globalAgent, 'createConnection')
      .mockImplementation(({ host }) => {
        if (host !== 'slack.com') throw new Error(`Nobody asks ${host}`);
        return connect(slack.port, '127.0.0.1');
      });
  });
  const portal = useTellingPortal({
    features: [slackModule, slackTexts],
    processors: () => ({
      slack: [{ token: 'xoxb-token', username: 'Greenroom' }],
    }),
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await slack.stop();
  });
  beforeEach(() => {
    slack.messages.length = 0;
  });

  const sentTo = (channel: string) =>
    slack.messages.find(message => message.channel === channel);

  it('warn the channel of the owner, who asked for it and who watches, with the link that extends', async () => {
    await portal.warned('shop-42', 'over, <!channel> & <https://a|b>');
    await until(async () => slack.messages[2]);
    expect(slack.messages.map(({ channel }) => channel).sort()).toEqual([
      CHANNEL,
      'jon-in-slack',
      'mira-in-slack',
    ]);
    const warning = sentTo(CHANNEL)!;
    expect(warning.username).toBe('Greenroom');
    expect(warning.text).toMatch(/^shop-42 is destroyed in (1 h|59 min)$/);
    const [{ text: said, accessory }] = warning.attachments[0].blocks;
    expect(said).toMatchObject({
      type: 'mrkdwn',
      text: expect.stringContaining('What is lost is everything in it'),
    });
    // What somebody writes calls nobody, and leads nowhere.
    expect(said.text).toContain(
      'over, &lt;!channel&gt; &amp; &lt;https://a|b&gt;',
    );
    const token = accessory.url.replace(`${PORTAL}/environments/extend/`, '');
    expect(await portal.as(MIRA).getExtendOffer(token)).toMatchObject({
      environmentName: 'shop-42',
    });
    expect([...slack.tokens]).toEqual(['Bearer xoxb-token']);
  });

  it('tell who answers that more time is asked for, and who asked of the answer', async () => {
    const { environmentId, moreTime } = await portal.wanted(
      'shop-44',
      'the demo moved',
    );
    const asking = await until(async () => sentTo('ada-in-slack'));
    expect(asking.text).toBe(`${MIRA} asks for more time for shop-44`);
    expect(asking.attachments[0].blocks[0]).toMatchObject({
      text: { text: expect.stringContaining('the demo moved') },
      accessory: { url: `${PORTAL}/environments/e/shop-44?tab=lease` },
    });

    await portal.as(ADA).moreTime.decline(environmentId, {
      request: moreTime!.id,
      reason: 'it is in use elsewhere',
    });
    const answer = await until(async () => sentTo('mira-in-slack'));
    expect(answer.text).toBe('shop-44 gets no more time');
    expect(slack.messages).toHaveLength(2);
  });
});
