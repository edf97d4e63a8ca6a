import { expect } from '@playwright/test';
import {
  ProblemsBody,
  EnvironmentCounts,
} from '@greenroom/plugin-environments-common';
import { Api } from '../api';
import { test } from '../fixtures';
import { signIn } from './portalPages';

const REQUEST = {
  name: 'refused',
  blueprint: 'site-sandbox',
  owner: 'group:default/checkout',
  inputs: { title: 'Fine' },
};

test('a wrong request is answered with the field and the remedy, and leaves nothing', async ({
  portal,
}) => {
  const api = await Api.signIn(portal, 'mira');
  await expect
    .poll(
      async () =>
        (await api.request('GET', '/environments/blueprints/site-sandbox'))
          .body,
      { timeout: 120_000 },
    )
    .toMatchObject({ recommendedVersion: '1.0.0' });

  const counts = async () =>
    (
      await api.request<EnvironmentCounts>(
        'GET',
        '/environments/environments/counts',
      )
    ).body;
  const before = await counts();
  for (const { wrong, status, field } of [
    {
      wrong: { inputs: { title: 'Fine', colours: 'forest' } },
      status: 400,
      field: '/inputs/colours',
    },
    {
      wrong: { inputs: { title: 'Fine', pages: 99 } },
      status: 400,
      field: '/inputs/pages',
    },
    { wrong: { ttl: '30d' }, status: 400, field: '/ttl' },
    { wrong: { name: 'Not A Name' }, status: 400, field: '/name' },
    {
      wrong: { owner: 'group:default/payments' },
      status: 400,
      field: '/owner',
    },
    { wrong: { blueprint: 'no-such' }, status: 404, field: '/blueprint' },
  ]) {
    const answer = await api.request<ProblemsBody>(
      'POST',
      '/environments/environments',
      { ...REQUEST, ...wrong },
    );
    expect({ status: answer.status, wrong }).toEqual({ status, wrong });
    expect(answer.body.problems).toEqual([
      expect.objectContaining({
        field,
        code: expect.any(String),
        message: expect.any(String),
        remedy: expect.any(String),
      }),
    ]);
    expect(JSON.stringify(answer.body)).not.toContain('.ts:');
  }
  expect(await counts()).toMatchObject({
    all: before.all,
    teams: before.teams,
  });
});

test('a wrong value is told beside its field', async ({ page, portal }) => {
  await signIn(page, portal, 'Mira Okafor');
  await page.goto(`${portal.url}/environments/create/site-sandbox`);
  await page.getByRole('textbox', { name: 'Name' }).fill('Not a name');
  await page.getByRole('textbox', { name: 'Title' }).fill('');
  await page.getByRole('button', { name: 'Time to live' }).click();
  await page.getByRole('option', { name: 'Another length…' }).click();
  await page.getByRole('textbox', { name: 'Length' }).fill('30d');
  await page.getByRole('button', { name: /^Create / }).click();
  for (const name of ['Name', 'Title', 'Length']) {
    await expect(page.getByRole('textbox', { name })).toHaveAttribute(
      'aria-invalid',
      'true',
    );
  }
  await expect(page).toHaveURL(/\/create\/site-sandbox/);
});
