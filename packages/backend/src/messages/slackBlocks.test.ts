import { asBlocks } from './slackBlocks';

describe('a notification in Slack', () => {
  it('is cut where Slack would refuse it', () => {
    const topic = 'environments.lease';
    const [{ text }] = asBlocks({
      title: 'shop-42',
      description: 'é'.repeat(4000),
      topic,
    }) as { text: { text: string } }[];
    expect(text.text).toBe(`${'é'.repeat(2999)}…`);
  });

  it('keeps the markup of other plugins', () => {
    expect(
      asBlocks({
        title: 'Done',
        description: '*Done* by <@U123>',
        topic: 'ci',
      }),
    ).toEqual([
      { type: 'section', text: { type: 'mrkdwn', text: '*Done* by <@U123>' } },
    ]);
  });

  it('has a title where nothing else is said, and no markup in ours', () => {
    expect(
      asBlocks({ title: '<!here> & now', topic: 'environments.idle' }),
    ).toMatchObject([{ text: { text: '&lt;!here&gt; &amp; now' } }]);
  });
});
