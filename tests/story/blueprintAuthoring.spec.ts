import { expect, Page } from '@playwright/test';
import { test } from '../fixtures';
import { expectAccessible, signIn } from './portalPages';

test('a blueprint is written, planned, kept as a draft, published, followed by another version and compared', async ({
  page,
  portal,
}) => {
  await signIn(page, portal, 'Amir Haddad');
  await page.goto(`${portal.url}/environments/blueprints/new`);
  const editor = page.getByRole('textbox', { name: 'blueprint.yaml' });
  await expect(editor).toContainText('name: my-blueprint');

  // A slip is told while it is typed, and what could stand there is offered.
  const problems = page.getByRole('region', { name: 'Problems' });
  await editor.press('Control+Home');
  await editor.press('End');
  await page.keyboard.type('x');
  await expect(problems).toContainText('blueprint.yaml, line 1');
  await expect(
    page.getByRole('button', { name: 'Publish 0.1.0' }),
  ).toBeDisabled();
  await page.keyboard.press('Backspace');
  await expect(problems).toBeHidden();
  await page.keyboard.type(' # ${{ inputs.');
  await expect(page.getByRole('option', { name: 'greeting' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expectAccessible(page);

  // It is still there after the page was left.
  await page.reload();
  await expect(editor).toContainText('# ${{ inputs.');
  // An example of it is planned by the tool itself; the text changes, and the plan says so.
  await page.getByRole('radio', { name: 'Examples' }).click();
  await page.getByRole('button', { name: 'Plan usual' }).click();
  const plan = page.getByRole('region', { name: 'Plan of usual' });
  await expect(plan).toContainText('1 to add, none to change', {
    timeout: 60_000,
  });
  await expect(plan).toContainText('terraform_data.message');
  await expectAccessible(page);
  await editor.press('Control+End');
  await page.keyboard.type('# more');
  await expect(plan).toContainText('The text has changed since');

  await page.getByRole('button', { name: 'Keep 0.1.0 as a draft' }).click();
  await expect(
    page.getByText('0.1.0 is right, and kept as a draft.'),
  ).toBeVisible({ timeout: 60_000 });

  // Publish it.
  await page.getByRole('link', { name: 'Versions of my-blueprint' }).click();
  await ask(page, '0.1.0', 'Publish 0.1.0');
  const first = page.getByRole('row', { name: /^0\.1\.0/ });
  await expect(first).toContainText('recommended');
  await expectAccessible(page);

  // The next one begins from it, under the next number.
  await page.getByRole('button', { name: 'More for 0.1.0' }).click();
  await page.getByRole('menuitem', { name: 'New version from 0.1.0' }).click();
  await expect(editor).toContainText('version: 0.2.0');
  await editor.press('Control+Home');
  for (let line = 1; line < 5; line++) await editor.press('ArrowDown');
  await editor.press('End');
  await page.keyboard.type(' again');
  await page.getByRole('button', { name: 'Publish 0.2.0' }).click();
  await expect(
    page.getByText('Environments can be made of 0.2.0 now.'),
  ).toBeVisible({ timeout: 60_000 });

  // The first stays what is offered, on purpose; what differs is told.
  await page.getByRole('link', { name: 'Versions of my-blueprint' }).click();
  await ask(page, '0.1.0', 'Recommend 0.1.0');
  await expect(first).toContainText('recommended, chosen');
  await page.getByRole('button', { name: 'More for 0.2.0' }).click();
  await page
    .getByRole('menuitem', { name: 'Compare 0.2.0 with 0.1.0' })
    .click();
  await expect(
    page.getByRole('row', { name: /^metadata\.title differs Fits/ }),
  ).toContainText('My blueprint again');
  await expectAccessible(page);
});

/** Makes a move of a version through its dialog. */
async function ask(page: Page, version: string, move: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${version}` }).click();
  await page.getByRole('menuitem', { name: `${move}…` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('It was tried.');
  await dialog.getByRole('button', { name: move }).click();
  await expect(dialog).toBeHidden();
}
