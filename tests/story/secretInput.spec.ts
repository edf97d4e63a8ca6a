import { existsSync } from 'node:fs';
import { glob, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { Api } from '../api';
import { allRows } from '../database';
import { test } from '../fixtures';
import { publish } from '../publish';
import { expectAccessible, signIn } from './portalPages';

const SECRET = 'Correct/horse battery&staple';
/** As it is, in a URL, in JSON within JSON of Go, and in base64 wherever it begins. */
const FORMS = [
  SECRET,
  encodeURIComponent(SECRET),
  SECRET.replace('&', '\\u0026'),
  ...[0, 1, 2].map(before =>
    Buffer.from('x'.repeat(before) + SECRET)
      .toString('base64')
      .slice(4, 28),
  ),
];

const BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: vaulted, title: Vaulted}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs:
    type: object
    required: [folder, password]
    properties:
      folder: {type: string, title: Folder}
      team: {type: string, title: Team, ui:field: OwnerPicker, ui:options: {catalogFilter: {kind: Group}}}
      password: {type: string, title: Password, minLength: 8, ui:field: Secret}
  components:
    vault:
      driver: terraform
      source: ./vault
      with:
        folder: \${{ inputs.folder }}
        url: https://admin:\${{ inputs.password }}@example.com
    reader:
      driver: terraform
      source: ./reader
      with: {url: '\${{ components.vault.outputs.url }}'}
  outputs:
    url: {title: Address, value: '\${{ components.vault.outputs.url }}'}
  ttl: {default: 1h}
`;

const MODULES = {
  'vault/main.tf': `variable "folder" { type = string }
variable "url" {
  type      = string
  sensitive = true
}
resource "local_file" "url" {
  filename = "\${var.folder}/url"
  content  = var.url
}
output "url" {
  value     = var.url
  sensitive = true
}
`,
  'reader/main.tf': `variable "url" {
  type = string
}
resource "terraform_data" "reader" {
  input = var.url
}
`,
};

test('a secret that a blueprint asks for is in the environment, and can be read nowhere else', async ({
  page,
  portal,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-vault-'));
  try {
    await publish(portal, 'vaulted', BLUEPRINT, MODULES);
    await signIn(page, portal, 'Mira Okafor');
    await page.goto(`${portal.url}/environments/create/vaulted`);
    await page.getByRole('textbox', { name: 'Name' }).fill('vaulted-one');
    await page.getByRole('textbox', { name: 'Folder' }).fill(folder);
    // A field of software templates.
    await page.getByRole('combobox', { name: 'Team' }).fill('pay');
    await page.getByRole('option', { name: /payments/i }).click();
    // Its list stays open until it is left.
    await page.keyboard.press('Tab');
    const password = page.getByRole('textbox', { name: 'Password' });
    await expect(password).toHaveAttribute('type', 'password');
    await password.fill(SECRET);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create vaulted-one' }).click();
    await expect(page.getByText(/^Succeeded in/)).toBeVisible();
    expect(await readFile(join(folder, 'url'), 'utf8')).toBe(
      `https://admin:${SECRET}@example.com`,
    );
    expect(hasSecret(await page.content())).toBe(false);

    // It stays where a change does not name it, and another one can be given.
    await page.goto(`${portal.url}/environments/e/vaulted-one/update`);
    await expect(page.getByText('Stays as it is while this')).toBeVisible();
    await expectAccessible(page);
    await page
      .getByRole('textbox', { name: 'Password' })
      .fill(`${SECRET}, the second`);
    await page.getByRole('button', { name: 'Show the plan' }).click();
    await expect(page.getByText('sensitive').first()).toBeVisible();
    await page.getByRole('button', { name: 'Update vaulted-one' }).click();
    await expect(
      page.getByText('It now runs with the new inputs.'),
    ).toBeVisible();
    expect(await readFile(join(folder, 'url'), 'utf8')).toContain('the second');

    const api = await Api.signIn(portal, 'mira');
    const { id } = await api.environment('vaulted-one');
    await api.request('POST', `/environments/environments/${id}/operations`, {
      kind: 'destroy',
    });
    await expect
      .poll(async () => (await api.environment('vaulted-one')).state, {
        timeout: 60_000,
      })
      .toBe('destroyed');
    expect(existsSync(join(folder, 'url'))).toBe(false);
    expect(await api.environment('vaulted-one')).toMatchObject({
      inputs: { folder, team: 'group:default/payments' },
      secretInputs: ['password'],
    });

    const rows = await allRows(portal);
    expect(rows.some(row => row.includes('vaulted-one'))).toBe(true);
    expect(rows.filter(hasSecret)).toEqual([]);
    expect(await filesWith(portal.home, ['vaulted-one'])).not.toEqual([]);
    expect(await filesWith(portal.home, FORMS)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

function hasSecret(text: string): boolean {
  return FORMS.some(form => text.includes(form));
}

/** Whatever the portal keeps: its database as bytes, logs, work folders. */
async function filesWith(home: string, texts: string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const path of glob('**', { cwd: home })) {
    const file = join(home, path);
    // The database removes its files as it goes.
    const info = await stat(file).catch(() => undefined);
    if (!info?.isFile()) continue;
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    if (texts.some(text => bytes.includes(text))) found.push(path);
  }
  return found;
}
