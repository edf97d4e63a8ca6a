import { expect } from '@playwright/test';
import { Api } from './api';
import { Portal } from './portal';

/** Publishes version 1.0.0 of a blueprint, as a platform engineer does over the API, and waits for it. */
export async function publish(
  portal: Portal,
  name: string,
  document: string,
  files: Record<string, string>,
): Promise<void> {
  const amir = await Api.signIn(portal, 'amir');
  const sent = await amir.request('POST', '/environments/blueprints', {
    document,
    files: Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        path,
        Buffer.from(text).toString('base64'),
      ]),
    ),
  });
  expect(sent).toMatchObject({ status: 202 });
  await expect
    .poll(
      async () => {
        const { body } = await amir.request<{ status: string }>(
          'GET',
          `/environments/blueprints/${name}/versions/1.0.0`,
        );
        return body.status;
      },
      { timeout: 60_000 },
    )
    .toBe('published');
}
