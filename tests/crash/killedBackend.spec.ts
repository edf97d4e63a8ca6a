import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { CreateEnvironmentResponse } from '@greenroom/plugin-environments-common';
import { Api } from '../api';
import { test } from '../fixtures';

test('a backend killed during an apply finishes it after its next start, and can destroy', async ({
  portal,
}) => {
  let api = await Api.signIn(portal, 'mira');
  await blueprintIsThere(api);
  const created = await api.request<CreateEnvironmentResponse>(
    'POST',
    '/environments/environments',
    {
      name: 'killed-midway',
      blueprint: 'site-sandbox',
      owner: 'group:default/checkout',
      inputs: { title: 'Still here' },
      ttl: '1h',
    },
  );
  expect(created.status).toBe(202);
  const { environment, operation } = created.body;

  await expect
    .poll(async () => texts(api, operation!.id), { timeout: 60_000 })
    .toContain('time_sleep.certificate: Creating');
  await portal.killBackend();

  await portal.start();
  api = await Api.signIn(portal, 'mira');
  await expect
    .poll(async () => (await api.environment('killed-midway')).state, {
      timeout: 120_000,
    })
    .toBe('running');
  const resumed = await api.operation(operation!.id);
  expect(resumed.state).toBe('succeeded');
  expect(resumed.steps.find(step => step.action === 'apply')).toMatchObject({
    state: 'succeeded',
    attempt: 2,
  });
  const site = join(portal.home, 'sites', environment!.id);
  expect(existsSync(join(site, 'index.html'))).toBe(true);

  const destroy = await api.request(
    'POST',
    `/environments/environments/${environment!.id}/operations`,
    { kind: 'destroy' },
  );
  expect(destroy.status).toBe(202);
  await expect
    .poll(async () => (await api.environment('killed-midway')).state, {
      timeout: 60_000,
    })
    .toBe('destroyed');
  expect(existsSync(site)).toBe(false);
});

async function blueprintIsThere(api: Api): Promise<void> {
  await expect
    .poll(
      async () =>
        (await api.request('GET', '/environments/blueprints/site-sandbox'))
          .body,
      { timeout: 120_000 },
    )
    .toMatchObject({ recommendedVersion: expect.any(String) });
}

async function texts(api: Api, operationId: string): Promise<string> {
  const { items } = await api.log(operationId);
  return items.map(line => line.text).join('\n');
}
