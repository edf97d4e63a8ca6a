import { test as base } from '@playwright/test';
import { Portal } from './portal';

/** One portal for all tests of a worker: bringing it up is the dear part. */
export const test = base.extend<object, { portal: Portal }>({
  portal: [
    async ({}, use) => {
      const portal = await Portal.create();
      try {
        await portal.start();
        await use(portal);
      } finally {
        await portal.remove();
      }
    },
    { scope: 'worker', timeout: 12 * 60_000 },
  ],
});
