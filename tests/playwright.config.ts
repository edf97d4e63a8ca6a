import { defineConfig } from '@playwright/test';

/**
 * One portal serves all tests, and the machine it runs on is small: one worker.
 * GREENROOM_CHROMIUM names a browser; without it Playwright's own is used.
 */
export default defineConfig({
  testDir: '.',
  workers: 1,
  timeout: 15 * 60_000,
  // Most of what is waited for is the work of a backend and its tools, beside a browser.
  expect: { timeout: 60_000 },
  forbidOnly: true,
  outputDir: '../.greenroom/test-results',
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env.GREENROOM_CHROMIUM || undefined,
      args: [
        // Chromium refuses its sandbox to root, which CI often is.
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
