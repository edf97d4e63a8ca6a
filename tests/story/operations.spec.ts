import { join } from 'node:path';
import { expect, Page } from '@playwright/test';
import { test } from '../fixtures';
import { createdOn, heldIndex } from './heldIndex';
import { expectAccessible, signIn } from './portalPages';

test('a create is cancelled midway and finished by a retry, an update waits for a word and is rolled back', async ({
  page,
  portal,
}) => {
  await signIn(page, portal, 'Mira Okafor');

  // Cancel midway: the page says what was done, and what is not begun any more.
  await page.goto(`${portal.url}/environments/create/site-sandbox`);
  await page.getByRole('textbox', { name: 'Name' }).fill('changing');
  await page.getByRole('textbox', { name: 'Title' }).fill('First');
  const created = createdOn(page);
  await page.getByRole('button', { name: 'Create changing' }).click();
  const { id } = await created;
  const index = await heldIndex(join(portal.home, 'sites', id));
  await expect(page.getByText('local_file.index: Creating...')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel create #1…' }).click();
  const cancel = dialog(page, 'Cancel create of changing');
  await expect(
    cancel.getByText('Create is at apply site: it is interrupted'),
  ).toBeVisible();
  await expectAccessible(page);
  await cancel
    .getByRole('button', { name: 'Cancel create of changing' })
    .click();
  await expect(cancel).toBeHidden();
  await expect(page.getByText('Interrupt received.')).toBeVisible();
  await index.letGo();
  await expect(
    page.getByText('It was cancelled: what had been changed by then is kept.'),
  ).toBeVisible();
  await expect(page.getByText(/site was begun/)).toBeVisible();
  await expect(page.getByText('5 resources', { exact: true })).toBeVisible();
  await expectAccessible(page);

  // A retry finishes it.
  await page.getByRole('button', { name: 'Retry from apply site…' }).click();
  await dialog(page, 'Retry from apply site')
    .getByRole('button', { name: 'Retry from apply site' })
    .click();
  await expect(page.getByText('Everything was made.')).toBeVisible();
  await expect(page.getByText(/^Retry of/)).toBeVisible();

  // An update waits for a word, its plan can be read, and is applied as it was read.
  await page.goto(`${portal.url}/environments/e/changing`);
  await page.getByRole('link', { name: 'Update changing' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Second');
  await page
    .getByRole('checkbox', { name: 'Wait for my word before applying' })
    .check({ force: true });
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Update changing' }).click();
  await expect(
    page.getByRole('heading', {
      name: 'This plan waits for a word: 4 to add, none to change, 4 to remove.',
    }),
  ).toBeVisible();
  const attributes = page.getByRole('table', {
    name: 'Attributes of local_file.index',
  });
  await expect(attributes.getByText('<title>First</title>')).toBeVisible();
  await expect(attributes.getByText('<title>Second</title>')).toBeVisible();
  await expect(attributes.getByText('unchanged').first()).toBeVisible();
  await expectAccessible(page);
  await page
    .getByRole('button', { name: 'Apply this plan to changing' })
    .click();
  await expect(
    page.getByText('It now runs with the new inputs.'),
  ).toBeVisible();
  await expect(page.getByText(/confirmed by/)).toBeVisible();
  await expectAccessible(page);

  // Back to what it was.
  await page.getByRole('link', { name: 'changing' }).click();
  await page.getByRole('link', { name: /^Operations ?\d/ }).click();
  await page.getByRole('link', { name: 'Create #2' }).first().click();
  await page.getByRole('button', { name: 'More for create #2' }).click();
  await page.getByRole('menuitem', { name: /^Roll back to/ }).click();
  await dialog(page, /^Roll back to/)
    .getByRole('button', { name: /^Roll back to/ })
    .click();
  await expect(page.getByText(/^Goes back to/)).toBeVisible();
  await expect(
    page.getByText('It now runs with the new inputs.'),
  ).toBeVisible();
  await expectAccessible(page);

  // What happened is listed, and the filter stands in the address.
  await page.goto(`${portal.url}/environments/operations?q=changing`);
  await expect(operation(page, 'Create #1')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: /State$/ }).click();
  await page.getByRole('option', { name: 'Cancelled' }).click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/state=cancelled/);
  await expect(page.getByText('1–1 of 1')).toBeVisible();
  await page.reload();
  await expect(operation(page, 'Create #1')).toBeVisible();
  await expect(operation(page, 'Create #2')).toBeHidden();

  // States may hold secrets: she sees that they are there, and why she can't have them.
  await page.goto(`${portal.url}/environments/e/changing?tab=states`);
  await expect(page.getByText(/You may not download states/)).toBeVisible();
  await expect(
    page.getByRole('button', { name: /^Download/ }).first(),
  ).toBeDisabled();
  await expectAccessible(page);

  // Destroy.
  await page.getByRole('button', { name: 'More for changing' }).click();
  await page.getByRole('menuitem', { name: 'Destroy changing…' }).click();
  const destroy = dialog(page, 'Destroy changing');
  await expect(destroy.getByText('7 resources', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await destroy.getByRole('button', { name: 'Destroy changing' }).click();
  await expect(
    page.getByText('Everything was destroyed, and nothing is left.'),
  ).toBeVisible();
  await page.goto(`${portal.url}/environments/orphans`);
  await expect(page.getByText('Nothing is left over')).toBeVisible();
  await expectAccessible(page);
});

/** In the list of all operations. */
function operation(page: Page, title: string) {
  return page.getByRole('link', { name: `${title} of changing`, exact: true });
}

function dialog(page: Page, name: string | RegExp) {
  return page.getByRole('dialog', { name });
}
