import { AddressInfo } from 'node:net';
import { DateTime } from 'luxon';
import PostalMime, { Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import emailModule from '@backstage/plugin-notifications-backend-module-email';
import {
  ADA,
  JON,
  MIRA,
  PORTAL,
  until,
  useTellingPortal,
} from './__testUtils__/tellingPortal';
import mailTexts from './mail';

/** Takes whatever it is sent, as a mail server of a company would. */
async function startMailServer() {
  const mails: Email[] = [];
  const refusals = { refusing: false, count: 0 };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onConnect: (_, done) => {
      if (!refusals.refusing) return done();
      refusals.count += 1;
      return done(new Error('No mail today'));
    },
    onData: (stream, _, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', piece => pieces.push(piece));
      stream.on('end', () => {
        PostalMime.parse(Buffer.concat(pieces)).then(mail => {
          mails.push(mail);
          done();
        }, done);
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await new Promise(resolve => listening.once('listening', resolve));
  const { port } = listening.address() as AddressInfo;
  return {
    port,
    mails,
    refusals,
    stop: () => new Promise<void>(resolve => server.close(resolve)),
  };
}

describe('notifications by e-mail', () => {
  let mailServer: Awaited<ReturnType<typeof startMailServer>>;
  beforeAll(async () => {
    mailServer = await startMailServer();
  });
  const portal = useTellingPortal({
    features: [emailModule, mailTexts],
    processors: () => ({
      email: {
        transportConfig: {
          transport: 'smtp',
          hostname: '127.0.0.1',
          port: mailServer.port,
        },
        sender: 'greenroom@example.com',
        filter: {
          includedTopics: ['environments.lease', 'environments.teardown'],
        },
      },
    }),
  });
  afterAll(() => mailServer.stop());
  beforeEach(() => {
    mailServer.mails.length = 0;
  });

  const mailTo = (person: string) =>
    mailServer.mails.find(({ to }) => to?.[0].address === person);

  it('say once to each what ends, when, what is lost, and how to keep it', async () => {
    const { expiresAt } = await portal.warned(
      'shop-42',
      'the <b>demo</b> is over',
    );
    await until(async () => mailServer.mails[1]);
    expect(mailServer.mails.map(({ to }) => to?.[0].address).sort()).toEqual([
      'jon@example.com',
      'mira@example.com',
    ]);
    const mail = mailTo('mira@example.com')!;
    const end = DateTime.fromISO(expiresAt!, { zone: 'utc' });
    expect(mail.from?.address).toBe('greenroom@example.com');
    expect(mail.subject).toMatch(/^shop-42 is destroyed in (1 h|59 min)$/);
    expect(mail.text).toContain(
      `It is destroyed on ${end.toFormat("cccc d LLLL yyyy, HH:mm 'UTC'")}, in`,
    );
    expect(mail.text).toContain('What is lost is everything in it: 1 resource');
    expect(mail.html).toContain('the &lt;b&gt;demo&lt;/b&gt; is over');

    // The page behind the link asks the portal what it would do.
    const [link] = mail.text!.match(/https:\S+/)!;
    const token = link.replace(`${PORTAL}/environments/extend/`, '');
    expect(mail.html).toContain(`href="${link}"`);
    expect(await portal.as(MIRA).getExtendOffer(token)).toMatchObject({
      environmentName: 'shop-42',
    });
  });

  it('tell who answers that more time is asked for, and who asked of the answer', async () => {
    const { environmentId, moreTime } = await portal.wanted(
      'shop-44',
      'the <b>demo</b> moved',
    );
    const asking = await until(async () => mailTo('ada@example.com'));
    expect(asking.subject).toBe(`${MIRA} asks for more time for shop-44`);
    expect(asking.text).toContain('the <b>demo</b> moved');
    expect(asking.html).toContain('the &lt;b&gt;demo&lt;/b&gt; moved');
    expect(asking.text).toContain(`${PORTAL}/environments/e/shop-44?tab=lease`);
    expect(mailServer.mails).toHaveLength(1);

    await portal.as(ADA).moreTime.approve(environmentId, {
      request: moreTime!.id,
    });
    const answer = await until(async () => mailTo('mira@example.com'));
    expect(answer.subject).toBe(
      'shop-44 goes on: what you asked for is approved',
    );
    expect(answer.text).toContain(`${ADA} approved it`);
    expect(mailServer.mails).toHaveLength(2);
  });

  it('stand in the portal all the same when the mail server takes none', async () => {
    mailServer.refusals.refusing = true;
    await portal.warned('shop-43', 'the demo is over');
    await until(async () => mailServer.refusals.count === 2 || undefined);
    for (const person of [MIRA, JON]) {
      const there = await portal.inPortal(person);
      expect(there.map(({ payload }) => payload.title)).toContainEqual(
        expect.stringMatching(/^shop-43 is destroyed in /),
      );
    }
    expect(mailServer.mails).toHaveLength(0);
  });
});
