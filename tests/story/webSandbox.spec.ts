import { expect } from '@playwright/test';
import {
  Environment,
  LiveDetail,
  Operation,
} from '@greenroom/plugin-environments-common';
import { Api } from '../api';
import { test } from '../fixtures';
import { expectAccessible, signIn } from './portalPages';

test('a service from Argo CD runs beside a database from Terraform, is set back after a change by hand and to what ran before, sleeps, and goes with it', async ({
  page,
  portal,
}) => {
  const answers: Promise<string>[] = [];
  page.on('response', response => {
    // Of what goes elsewhere, or was left in between, there is no text.
    answers.push(response.text().catch(() => ''));
  });
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

  const operate = async (request: { kind: string; inputs?: object }) => {
    const { status, body } = await api.request<Operation>(
      'POST',
      `${path}/operations`,
      { ...request, reason: 'the next part of the story' },
    );
    expect(status).toBe(202);
    await expect
      .poll(
        async () => {
          const { state, problem } = await api.operation(body.id);
          return problem?.message ?? state;
        },
        { timeout: 60_000 },
      )
      .toBe('succeeded');
  };

  // An update gives it three copies, and what ran before comes back without an update.
  await operate({ kind: 'update', inputs: { size: 'large' } });
  await page.reload();
  const ran = app.getByRole('region', { name: 'History' }).getByRole('row');
  await expect(ran.nth(1)).toContainText('present');
  await expect(ran.nth(2)).toBeVisible();
  const entries = await ran.count();
  await ran
    .nth(2)
    .getByRole('button', { name: /^Roll back to/ })
    .click();
  const dialog = page.getByRole('dialog', { name: /^Roll app back to/ });
  await expect(dialog).toContainText('What was changed by hand is undone.');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: /^Roll app back to/ }).click();
  await expect(dialog).toBeHidden();
  await expect(ran).toHaveCount(entries + 1, { timeout: 20_000 });
  await expect(
    app.getByText('Out of sync', { exact: true }).first(),
  ).toBeVisible();
  await expect(app.getByRole('region', { name: 'Differences' })).toContainText(
    'spec.replicas',
  );
  await expect(app.getByRole('region', { name: 'Last sync' })).toContainText(
    /asked for by mira/i,
  );
  await expectAccessible(page);

  for (const [kind, state] of [
    ['pause', 'paused'],
    ['resume', 'running'],
    ['destroy', 'destroyed'],
  ]) {
    await operate({ kind });
    expect((await api.request<Environment>('GET', path)).body.state).toBe(
      state,
    );
  }
  expect((await fetch(String(values.schema))).status).toBe(404);

  // The token for Argo CD was told to nobody: by no page, no answer, no log.
  const { body: operations } = await api.request<{ items: Operation[] }>(
    'GET',
    `/environments/operations?environmentId=${id}`,
  );
  const records = await Promise.all(
    operations.items.map(async operation => [
      await api.operation(operation.id),
      await api.log(operation.id),
    ]),
  );
  const told = [
    await portal.logs(),
    await page.content(),
    JSON.stringify([operations, records, await look()]),
    ...(await Promise.all(answers)),
  ].join('\n');
  expect(told).toContain('Deleting the application');
  expect(told).toContain(`"name":"story-web"`);
  const token = await portal.argocdToken();
  expect(token).toMatch(/^[0-9a-f]{48}$/);
  expect(told.includes(token)).toBe(false);
});
