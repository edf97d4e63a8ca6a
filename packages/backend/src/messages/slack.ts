import { createBackendModule } from '@backstage/backend-plugin-api';
import { notificationsSlackBlockKitExtensionPoint } from '@backstage/plugin-notifications-backend-module-slack';
import { asBlocks } from './slackBlocks';

/**
 * How notifications read in Slack. Those of the upstream module put the text into Slack's markup as
 * it is, so that `<sensitive>` in a message of Terraform would vanish, and whatever somebody writes
 * as their reason could call a whole channel, or show one address and lead to another.
 */
export default createBackendModule({
  pluginId: 'notifications',
  moduleId: 'greenroom-slack',
  register({ registerInit }) {
    registerInit({
      deps: { slack: notificationsSlackBlockKitExtensionPoint },
      async init({ slack }) {
        slack.setBlockKitRenderer(asBlocks);
      },
    });
  },
});
