import { expect } from '@playwright/test';
import { Environment, LiveDetail } from '@greenroom/plugin-environments-common';
import { Api } from '../api';
import { test } from '../fixtures';
import { expectAccessible, signIn } from './portalPages';

test('a service from Argo CD runs beside a database from Terraform, is set back after a change by hand, sleeps, and goes with it', async ({
  page,
  portal,
}) => {
  await signIn(page, portal, 'Mira Okafor');
  const api = await Api.signIn(portal, 'mira');
  await expect
    .poll(
      async () =>
        (await api.request('GET', '/environments/blueprints/web-sandbox')).body,
      { timeout: 60_000 },
    )
    .toMatchObject({ recommendedVersion: '1.0.0' });

  await page.goto(`${portal.url}/environments/create/web-sandbox`);
  await page.getByRole('textbox', { name: 'Name' }).fill('story-web');
  await page.getByRole('button', { name: 'Create story-web' }).click();
  await expect(page.getByText(/^Succeeded in/)).toBeVisible({
    timeout: 60_000,
  });
  await expectAccessible(page);

  // What the service is told is what Terraform has made.
  const { id, outputs } = await api.environment('story-web');
  const values = Object.fromEntries(
    outputs.map(({ name, value }) => [name, value]),
  );
  expect(values).toMatchObject({
    database: `db-${id.slice(0, 8)}`,
    images: ['docker.io/library/nginx:1.27'],
  });
  const schema = await fetch(String(values.schema));
  expect(await schema.text()).toContain(`The database db-${id.slice(0, 8)}`);

  const path = `/environments/environments/${id}`;
  const look = async () =>
    (await api.request<LiveDetail>('GET', `${path}/live/app`)).body;
  await page.goto(`${portal.url}/environments/e/story-web?tab=live`);
  const app = page.getByRole('region', { name: 'app', exact: true });
  await expect(app.getByRole('heading', { name: 'app' })).toBeVisible();
  await expect(app.getByText('Synced', { exact: true })).toBeVisible();
  await expectAccessible(page);

  // Somebody changes what runs, where Argo CD runs it.
  const { url } = await look();
  const deployment = `/apis/apps/v1/namespaces/${values.namespace}/deployments/web`;
  await fetch(new URL(`/by-hand/cluster${deployment}`, url), {
    method: 'PATCH',
    body: JSON.stringify({ spec: { replicas: 2 } }),
  });
  await expect
    .poll(async () => (await look()).sync, { timeout: 20_000 })
    .toBe('outOfSync');
  await page.reload();
  await expect(app.getByRole('region', { name: 'Differences' })).toContainText(
    'spec.replicas',
  );
  await app.getByRole('button', { name: 'Sync app…' }).click();
  await page.getByRole('button', { name: 'Sync app', exact: true }).click();
  await expect(app.getByText('Synced', { exact: true })).toBeVisible({
    timeout: 20_000,
  });

  for (const [kind, state] of [
    ['pause', 'paused'],
    ['resume', 'running'],
    ['destroy', 'destroyed'],
  ]) {
    const { status } = await api.request('POST', `${path}/operations`, {
      kind,
      reason: 'the next part of the story',
    });
    expect(status).toBe(202);
    await expect
      .poll(
        async () => (await api.request<Environment>('GET', path)).body.state,
        { timeout: 60_000 },
      )
      .toBe(state);
  }
  expect((await fetch(String(values.schema))).status).toBe(404);
});
