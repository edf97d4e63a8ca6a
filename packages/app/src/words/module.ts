import { coreComponentsTranslationRef } from '@backstage/core-components';
import {
  createFrontendModule,
  createTranslationMessages,
} from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';

/** Upstream's words where they joke about bad news. */
const plainErrors = TranslationBlueprint.make({
  name: 'plain-errors',
  params: {
    resource: createTranslationMessages({
      ref: coreComponentsTranslationRef,
      messages: { 'errorPage.title': 'There is nothing to show here' },
    }),
  },
});

export const wordsModule = createFrontendModule({
  pluginId: 'app',
  extensions: [plainErrors],
});
