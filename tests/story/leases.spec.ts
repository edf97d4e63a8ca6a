import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, Page } from '@playwright/test';
import { Api } from '../api';
import { test } from '../fixtures';
import { Portal } from '../portal';
import { publish } from '../publish';
import { expectAccessible, signIn } from './portalPages';

const MINUTE = 60_000;

const MODULE = `variable "folder" { type = string }
variable "awake" { type = bool }
resource "local_file" "note" {
  filename = "\${var.folder}/note"
  content  = "kept"
}
resource "local_file" "awake" {
  count    = var.awake ? 1 : 0
  filename = "\${var.folder}/awake"
  content  = "yes"
}
`;

/*
 * It sets the portal's clock back, and after that the portal sends no notifications for as long as
 * the clock was ahead (docs/leases.md): stories that wait for one come before this, by their names.
 */
test('a lease warns, is extended by its link up to its limit, sleeps, ends, and a teardown that fails is seen and resolved', async ({
  page,
  portal,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-lease-'));
  const clock = await travelling(page, portal);
  try {
    await publish(portal, 'leased', blueprint(portal.now), {
      'notes/main.tf': MODULE,
    });
    await signIn(page, portal, 'Mira Okafor');
    await page.goto(`${portal.url}/environments/create/leased`);
    await page.getByRole('textbox', { name: 'Name' }).fill('leased-one');
    await page.getByRole('textbox', { name: 'Folder' }).fill(folder);
    await page.getByRole('button', { name: 'Create leased-one' }).click();
    await expect(page.getByText(/^Succeeded in/)).toBeVisible();
    const { lease, id } = await (await mira(portal)).environment('leased-one');
    expect(lease.expiresAt).toBeDefined();
    const grantedUntil = new Date(lease.expiresAt!);

    // By its schedule it sleeps, says so beforehand, and wakes.
    await page.goto(`${portal.url}/environments/e/leased-one`);
    await expect(page.getByText(/by its blueprint's schedule/)).toBeVisible();
    expect(existsSync(join(folder, 'awake'))).toBe(true);
    await clock.goTo((await nextOf(portal)).at);
    await expect(
      page.getByText('Paused', { exact: true }).first(),
    ).toBeVisible();
    expect(existsSync(join(folder, 'awake'))).toBe(false);
    await expect(page.getByText(/^Wakes/)).toBeVisible();
    await expectAccessible(page);
    await clock.goTo((await nextOf(portal)).at);
    await expect(
      page.getByText('Running', { exact: true }).first(),
    ).toBeVisible();
    expect(existsSync(join(folder, 'awake'))).toBe(true);

    // The warning says what will be lost, and its link extends only when it is confirmed.
    await clock.goTo(before(grantedUntil, 10));
    // The page is told only of what comes once it listens.
    await expect
      .poll(async () => (await ledgerOf(portal, id)).slice(-2))
      .toEqual(['warning', 'warning']);
    await page.goto(`${portal.url}/notifications`);
    const warning = page.getByRole('link', {
      name: /^leased-one is destroyed/,
    });
    await expect(warning).toBeVisible();
    await page.getByText('Show more').click();
    await expect(page.getByText(/2 resources of 1 component/)).toBeVisible();
    await warning.click();
    await expect(page).toHaveURL(/\/environments\/extend\//);
    const link = page.url();
    await expect(page.getByText(/notes: 2 resources/)).toBeVisible();
    expect(await expiryOf(portal)).toEqual(grantedUntil);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Extend by 20 min' }).click();
    await expect(page.getByText(/It is extended by 20 min/)).toBeVisible();
    expect(await expiryOf(portal)).toEqual(after(grantedUntil, 20));
    await page.goto(link);
    await expect(page.getByText(/Mira Okafor|moved/).first()).toBeVisible();
    await expect(page.getByRole('button', { name: /^Extend by/ })).toBeHidden();

    // At the limit the page says why it can't be extended any further.
    await page.goto(`${portal.url}/environments/e/leased-one?tab=lease`);
    await page.getByRole('button', { name: /^Extend/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Extend/ })
      .click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByRole('button', { name: 'Extend' })).toBeDisabled();
    await expect(
      page.getByText(/Its end, .* is the latest that this blueprint allows/),
    ).toBeVisible();
    expect(await expiryOf(portal)).toEqual(after(grantedUntil, 30));
    await expectAccessible(page);

    // A teardown that fails is listed with its owner and its cause.
    await rm(join(folder, 'note'));
    await mkdir(join(folder, 'note/in-the-way'), { recursive: true });
    await clock.goBack();
    await endSoon(portal, id);
    await page.goto(`${portal.url}/environments/orphans`);
    const row = page.getByRole('row', { name: /leased-one/ });
    await expect(row).toBeVisible();
    await expect(row).toContainText('checkout');
    await expect(row).toContainText('note');
    await expectAccessible(page);

    // Whoever mends the cause need do nothing else.
    await rm(join(folder, 'note'), { recursive: true });
    await clock.goTo(after(portal.now, 2));
    await expect
      .poll(
        async () =>
          (await (await mira(portal)).environment('leased-one')).state,
      )
      .toBe('destroyed');
    await page.reload();
    await expect(page.getByText('Nothing is left over')).toBeVisible();
    expect(existsSync(join(folder, 'awake'))).toBe(false);

    // The ledger tells it all.
    expect(await ledgerOf(portal, id)).toEqual([
      'grant',
      ...['pause', 'wake'],
      // Due, and sent.
      ...['warning', 'warning', 'extend', 'extend'],
      ...['shorten', 'expiry', 'retry', 'end'],
    ]);
  } finally {
    await portal.setClock();
    await rm(folder, { recursive: true, force: true });
  }
});

/** Ends after 30 min, sleeps in the fifth minute from now on and wakes in the tenth. */
function blueprint(now: Date): string {
  const minute = (ahead: number) => after(now, ahead).getUTCMinutes();
  return `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: leased, title: Leased}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs:
    type: object
    required: [folder]
    properties:
      folder: {type: string, title: Folder}
  components:
    notes:
      driver: terraform
      source: ./notes
      with: {folder: '\${{ inputs.folder }}', awake: true}
      pause: {with: {awake: false}}
  ttl: {default: 30m, max: 1h, warnBefore: [10m], extensions: {max: 3, by: 20m}}
  schedule: {sleep: '${minute(5)} * * * *', wake: '${minute(10)} * * * *', timeZone: Europe/Berlin}
`;
}

/** Moves the clock of the portal, and that of the browser with it. */
async function travelling(page: Page, portal: Portal) {
  await page.clock.install({ time: portal.now });
  const goTo = async (moment?: Date) => {
    await portal.setClock(moment);
    await page.clock.setSystemTime(portal.now);
  };
  return { goTo, goBack: () => goTo() };
}

/** By a clock that is ahead of the database's no lease ends, so this one ends in seconds instead. */
async function endSoon(portal: Portal, id: string): Promise<void> {
  const api = await mira(portal);
  const path = `/environments/environments/${id}/lease/shorten`;
  // What arrives late is refused: that moment has passed by then.
  await expect(async () => {
    const until = new Date(portal.now.getTime() + 5_000).toISOString();
    const reason = 'done with it';
    const answer = await api.request('POST', path, { until, reason });
    expect(answer).toMatchObject({ status: 200 });
  }).toPass({ timeout: 60_000 });
}

/** Anew each time: what she was given at first runs out as the clock goes on. */
async function mira(portal: Portal): Promise<Api> {
  return await Api.signIn(portal, 'mira');
}

async function nextOf(portal: Portal): Promise<{ kind: string; at: Date }> {
  const { schedule } = await (await mira(portal)).environment('leased-one');
  const { kind, at } = schedule!.next!;
  return { kind, at: new Date(at) };
}

/** The kinds of its entries, the oldest first. */
async function ledgerOf(portal: Portal, id: string): Promise<string[]> {
  const { body } = await (
    await mira(portal)
  ).request<{ items: { kind: string }[] }>(
    'GET',
    `/environments/environments/${id}/lease/entries?limit=100`,
  );
  return body.items.map(({ kind }) => kind).reverse();
}

async function expiryOf(portal: Portal): Promise<Date> {
  const { lease } = await (await mira(portal)).environment('leased-one');
  return new Date(lease.expiresAt!);
}

function after(moment: Date, minutes: number): Date {
  return new Date(moment.getTime() + minutes * MINUTE);
}

function before(moment: Date, minutes: number): Date {
  return after(moment, -minutes);
}
