import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { Api } from '../api';
import { test } from '../fixtures';
import { createdOn, heldIndex } from './heldIndex';
import { expectAccessible, signIn } from './portalPages';

test('an environment is asked for, watched, opened, and gone when its time is up', async ({
  page,
  portal,
}) => {
  await signIn(page, portal, 'Mira Okafor');
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Greenroom', exact: true }).click();
  await expect(page.getByText('No environments yet')).toBeVisible();
  await expectAccessible(page);

  // The blueprint is published within seconds of the first start.
  await page.goto(`${portal.url}/environments/blueprints`);
  await expect(
    page.getByRole('link', { name: 'Site sandbox' }).first(),
  ).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);

  // Ask.
  await page.goto(`${portal.url}/environments/create/site-sandbox`);
  await page.getByRole('textbox', { name: 'Name' }).fill('story-site');
  await page.getByRole('textbox', { name: 'Title' }).fill('Mine & <b>bold</b>');
  await page.getByRole('button', { name: 'Time to live' }).click();
  await page.getByRole('option', { name: 'Another length…' }).click();
  await page.getByRole('textbox', { name: 'Length' }).fill('30m');
  await expectAccessible(page);
  const created = createdOn(page);
  await page.getByRole('button', { name: 'Create story-site' }).click();
  const { id } = await created;
  const folder = join(portal.home, 'sites', id);
  const index = await heldIndex(folder);

  // Watch: lines come while the apply is still going on.
  await expect(
    page.getByRole('heading', { name: 'Create of story-site' }),
  ).toBeVisible();
  await expect(
    page.getByText('time_sleep.certificate: Creating...'),
  ).toBeVisible();
  await expect(page.getByText('Applying site, step 2 of 2.')).toBeVisible();
  await index.write();
  await expect(page.getByText(/^Succeeded in/)).toBeVisible();
  await expectAccessible(page);

  // Open what it made.
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Open the site' }).click();
  const site = await opened;
  await expect(
    site.getByRole('heading', { name: 'Mine & <b>bold</b>' }),
  ).toBeVisible();
  expect(new URL(site.url()).pathname).toContain(`/${id}/`);
  expect(await readFile(join(folder, 'index.html'), 'utf8')).toContain(
    'Mine &amp; &lt;b&gt;bold&lt;/b&gt;',
  );
  await site.close();

  // It is in the catalog, and in the list.
  const entity = `${portal.url}/catalog/default/environment/story-site`;
  await page.goto(entity);
  await expect(page.getByText('Made of Site sandbox 1.0.0')).toBeVisible();
  await page.goto(`${portal.url}/environments`);
  await expect(page.getByRole('link', { name: 'story-site' })).toBeVisible();
  await expectAccessible(page);

  // Watch it end.
  await page.goto(`${portal.url}/environments/e/story-site`);
  await expect(page.getByText('30 min chosen at the request')).toBeVisible();
  await expectAccessible(page);
  const endsAt = new Date(Date.now() + 15_000);
  const api = await Api.signIn(portal, 'mira');
  const shortened = await api.request(
    'POST',
    `/environments/environments/${id}/lease/shorten`,
    { until: endsAt.toISOString(), reason: 'done with it' },
  );
  expect(shortened).toMatchObject({ status: 200 });
  await expect(page.getByText('Destroyed', { exact: true })).toBeVisible({
    timeout: 60_000,
  });
  expect(Date.now()).toBeGreaterThanOrEqual(endsAt.getTime());
  await expectAccessible(page);

  // Nothing is left.
  expect(existsSync(folder)).toBe(false);
  await expect(async () => {
    await page.goto(entity);
    await expect(page.getByText('Made of Site sandbox 1.0.0')).toBeHidden({
      timeout: 2000,
    });
    await expect(page.getByText(/not found/i).first()).toBeVisible({
      timeout: 2000,
    });
  }).toPass({ timeout: 60_000 });
});
