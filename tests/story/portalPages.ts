import AxeBuilder from '@axe-core/playwright';
import { expect, Page } from '@playwright/test';
import { Portal } from '../portal';

/** Signs in as one of the sample people, and lands on the home page. */
export async function signIn(
  page: Page,
  portal: Portal,
  person: string,
): Promise<void> {
  await page.goto(portal.url);
  await page.getByRole('button', { name: `Sign in as ${person}` }).click();
  await expect(
    page.getByRole('heading', { name: 'Home', level: 2 }),
  ).toBeVisible();
}

/** The page as it stands breaks no rule of WCAG 2.2 AA that a program can check. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // The design system's announcer goes on naming, for seconds, a button that the page has left.
    .exclude('[data-live-announcer]')
    // Upstream's link, whose name leaves out the number of unread ones that it shows.
    .exclude('a[aria-label="Notifications"]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => ({
      id,
      where: nodes.map(node => node.target.join(' ')),
    })),
  ).toEqual([]);
}
