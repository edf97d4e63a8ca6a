import { SlackBlockKitRenderer } from '@backstage/plugin-notifications-backend-module-slack';
import { NotificationPayload } from '@backstage/plugin-notifications-common';

/** Slack refuses a message with a longer text in a section. */
const LONGEST_TEXT = 3000;

/** What a notification says, and a button that opens what it is about. */
export const asBlocks: SlackBlockKitRenderer = payload => [
  {
    type: 'section',
    text: { type: 'mrkdwn', text: shortened(textOf(payload)) },
    ...(payload.link && {
      accessory: {
        type: 'button',
        text: { type: 'plain_text', text: 'Open in the portal' },
        url: payload.link,
        action_id: 'open',
      },
    }),
  },
];

/** What other plugins send may be meant as markup. */
function textOf({ title, description, topic }: NotificationPayload): string {
  const text = description ?? title;
  return topic?.startsWith('environments.') ? escaped(text) : text;
}

/** By https://docs.slack.dev/messaging/formatting-message-text: these three, and no others. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function shortened(text: string): string {
  return text.length > LONGEST_TEXT
    ? `${text.slice(0, LONGEST_TEXT - 1)}…`
    : text;
}
