import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Page } from '@playwright/test';
import { Environment } from '@greenroom/plugin-environments-common';

/** What the page asks the portal to make, once it answers that it will. */
export async function createdOn(page: Page): Promise<Environment> {
  const answer = await page.waitForResponse(
    response =>
      response.url().endsWith('/api/environments/environments') &&
      response.request().method() === 'POST' &&
      !response.request().postDataJSON().dryRun,
  );
  return (await answer.json()).environment;
}

/** The site's first page is a pipe: writing it, the last thing of an apply, lasts until somebody reads. */
export async function heldIndex(folder: string) {
  const path = join(folder, 'index.html');
  await mkdir(folder, { recursive: true });
  await promisify(execFile)('mkfifo', [path]);
  return {
    /** @returns what was to be written, which is nowhere else */
    letGo: async () => {
      const text = await readFile(path);
      await rm(path);
      return text;
    },
    /** Lets it be written as it would have been. */
    async write() {
      await writeFile(path, await this.letGo());
    },
  };
}
