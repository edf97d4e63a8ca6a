import { expect } from '@playwright/test';
import { Api } from '../api';
import { test } from '../fixtures';
import { Portal } from '../portal';
import { publish } from '../publish';
import { expectAccessible, signIn } from './portalPages';

const NAME = 'asks-for-more';

const BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: day, title: A day}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs: {type: object, properties: {}}
  components:
    nothing: {driver: terraform, source: ./nothing}
  ttl: {default: 1d, max: 1d}
`;

test('more time than the limits allow is asked for, approved by somebody else, and granted', async ({
  page,
  portal,
  browser,
}) => {
  await publish(portal, 'day', BLUEPRINT, {
    'nothing/main.tf': 'output "nothing" { value = "here" }\n',
  });
  const mira = await Api.signIn(portal, 'mira');
  const created = await mira.request('POST', '/environments/environments', {
    ...{ name: NAME, blueprint: 'day', owner: 'group:default/checkout' },
    inputs: {},
  });
  expect(created).toMatchObject({ status: 202 });
  await expect
    .poll(async () => (await mira.environment(NAME)).state)
    .toBe('running');
  const { expiresAt } = (await mira.environment(NAME)).lease;

  // She is told of the limit where she meets it, and asks.
  await signIn(page, portal, 'Mira Okafor');
  await page.goto(`${portal.url}/environments/e/${NAME}`);
  await expect(page.getByRole('button', { name: 'Extend' })).toBeDisabled();
  await page.getByRole('button', { name: 'Ask for more time…' }).click();
  const asking = page.getByRole('dialog');
  await expect(
    asking.getByText(/if nobody does, it ends .* as before/),
  ).toBeVisible();
  await asking.getByRole('textbox', { name: /^Reason/ }).fill('The demo moved');
  await expectAccessible(page);
  await asking.getByRole('button', { name: /^Ask for .* more$/ }).click();
  await expect(asking).toBeHidden();
  await expect(
    page.getByRole('link', { name: /^More time is asked for/ }),
  ).toBeVisible();
  expect((await mira.environment(NAME)).lease.expiresAt).toBe(expiresAt);

  // Somebody who may is told, and finds it in one list with all others.
  await toldOf(portal, 'amir', `user:default/mira asks for more time`);
  const context = await browser.newContext();
  const amir = await context.newPage();
  await signIn(amir, portal, 'Amir Haddad');
  await amir.goto(`${portal.url}/environments/leases/more-time`);
  // His teams do not ask, and he is told that others do.
  await amir.getByRole('link', { name: '1 waits for an answer' }).click();
  const row = amir.getByRole('row', { name: new RegExp(NAME) });
  await expect(row).toContainText('The demo moved');
  await expectAccessible(amir);
  await row.getByRole('button', { name: /^Approve/ }).click();
  const approving = amir.getByRole('dialog');
  await expect(approving.getByText(/instead of/)).toBeVisible();
  await expectAccessible(amir);
  await approving.getByRole('button', { name: /^Approve/ }).click();
  await expect(
    amir.getByText('Nobody asks for more time than the limits'),
  ).toBeVisible();
  await context.close();

  // It lives on, the page that she left open says so, and the record names both.
  await expect(
    page.getByRole('link', { name: /^More time is asked for/ }),
  ).toBeHidden();
  const { lease } = await mira.environment(NAME);
  expect(new Date(lease.expiresAt!).getTime()).toBeGreaterThan(
    new Date(expiresAt!).getTime(),
  );
  await page.goto(`${portal.url}/environments/e/${NAME}?tab=lease`);
  await expect(
    page.getByText(/user:default\/mira had asked for it: The demo moved/),
  ).toBeVisible();
  await expectAccessible(page);
  await toldOf(portal, 'mira', `${NAME} goes on`);

  // Other stories begin with a portal on which nothing runs.
  const { id } = await mira.environment(NAME);
  await mira.request('POST', `/environments/environments/${id}/operations`, {
    kind: 'destroy',
  });
  await expect
    .poll(async () => (await mira.environment(NAME)).state)
    .toBe('destroyed');
});

/** Resolves once a person has a notification that begins so. */
async function toldOf(
  portal: Portal,
  person: string,
  title: string,
): Promise<void> {
  const api = await Api.signIn(portal, person);
  await expect
    .poll(async () => {
      const { body } = await api.request<{
        notifications: { payload: { title: string } }[];
      }>('GET', '/notifications/notifications?limit=50');
      return body.notifications.some(one =>
        one.payload.title.startsWith(title),
      );
    })
    .toBe(true);
}
