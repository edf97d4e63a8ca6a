import { escape } from 'lodash';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { notificationsEmailTemplateExtensionPoint } from '@backstage/plugin-notifications-backend-module-email';
import { Notification } from '@backstage/plugin-notifications-common';
import { resolveNotificationLink } from '@backstage/plugin-notifications-node';

/**
 * How notifications read as e-mails. Those of the upstream module put the text into HTML as it is,
 * so that `<sensitive>` in a message of Terraform would vanish, and whatever somebody writes as
 * their reason would be markup in other people's mail.
 */
export default createBackendModule({
  pluginId: 'notifications',
  moduleId: 'greenroom-email',
  register({ registerInit }) {
    registerInit({
      deps: {
        config: coreServices.rootConfig,
        email: notificationsEmailTemplateExtensionPoint,
      },
      async init({ config, email }) {
        const portal = config.getString('app.baseUrl');
        email.setTemplateRenderer({
          getText: async notification => asText(notification, portal),
          getHtml: async notification => asHtml(notification, portal),
        });
      },
    });
  },
});

function asText({ payload }: Notification, portal: string): string {
  return [payload.title, payload.description, linkOf(payload, portal)]
    .filter(Boolean)
    .join('\n\n');
}

function asHtml({ payload }: Notification, portal: string): string {
  const link = escape(linkOf(payload, portal));
  return [
    `<p><strong>${escape(payload.title)}</strong></p>`,
    payload.description && `<p>${escape(payload.description)}</p>`,
    `<p><a href="${link}">Open in the portal</a></p>`,
  ]
    .filter(Boolean)
    .join('\n');
}

function linkOf({ link }: Notification['payload'], portal: string): string {
  return resolveNotificationLink(link, portal) ?? `${portal}/notifications`;
}
