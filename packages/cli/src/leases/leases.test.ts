import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Knex } from 'knex';
import { EnvironmentsClient } from '@greenroom/plugin-environments-common';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import { publishBlueprint, usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(120_000);

const BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: single, title: Single}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  components:
    site: {driver: fault, source: ./site, with: {count: 1}, pause: {with: {count: 0}}}
  ttl: {default: 1d, max: 3d, extensions: {max: 1, by: 1d}}
  cost: {perDay: 2.5, currency: EUR}
`;

describe('the commands about leases', () => {
  const portal = usePortal(new FaultDriver());
  const greenroom = (...args: string[]) => portal.greenroom(...args);
  let knex: Knex;
  let client: EnvironmentsClient;

  beforeAll(async () => {
    ({ knex, client } = portal);
    await publishBlueprint(client, BLUEPRINT, { 'site/main.tf': '' });
  });

  async function create(name: string): Promise<string> {
    const { environment, operation } = await client.createEnvironment(
      { name, blueprint: 'single', owner: 'user:default/mock', inputs: {} },
      { idempotencyKey: name },
    );
    await client.streamLogs(operation!.id, { onLine: () => {} });
    return environment!.id;
  }

  it('show a lease with its rules, and how far it may be extended', async () => {
    const id = await create('shown');
    const { expiresAt, extension } = await client.getLease(id);
    const shown = await greenroom('lease', 'show', 'shown');
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toContain(`shown: ends at ${expiresAt}`);
    expect(shown.out).toContain("1 d, the blueprint's default (ttl.default)");
    expect(shown.out).toContain(
      `may go to ${extension.until} by one extension, 1 left`,
    );
    expect(shown.out).toMatch(/max +3 d +ttl.max/);
    const json = await greenroom('lease', 'show', id, '--json');
    expect(JSON.parse(json.out)).toMatchObject({ environmentId: id });
  });

  it('say that an environment is used', async () => {
    const used = await greenroom('used', 'shown', '--source', 'ci');
    expect(used).toMatchObject({ code: 0, out: 'Noted: shown is used.\n' });
    const wrong = await greenroom('used', 'shown', '--source', 'C I');
    expect(wrong.code).not.toBe(0);
  });

  it('extend a lease, once it was tried dry, and list what happened', async () => {
    const id = await create('extended');
    const dry = await greenroom('extend', 'extended', '--dry-run');
    expect(dry).toMatchObject({ code: 0, err: '' });
    expect(dry.out).toContain('It would be so: ends at');
    expect((await client.getLease(id)).revision).toBe(1);
    const made = await greenroom(
      ...['extend', 'extended', '--by', '24h', '--reason', 'demo on Monday'],
    );
    expect(made).toMatchObject({ code: 0, err: '' });
    const { expiresAt } = await client.getLease(id);
    expect(made.out).toContain(`extended: ends at ${expiresAt}.`);
    const listed = await greenroom('lease', 'entries', 'extended');
    expect(listed.out).toMatch(/extend .* extended by 1 d: demo on Monday/);
    expect(listed.out).toContain('2 of 2.');
    const page = await greenroom(
      ...['lease', 'entries', 'extended', '--limit', '1'],
    );
    expect(page.out).toMatch(/More: --cursor \S+/);
  });

  it('say why a lease is not extended, and what can be done', async () => {
    const id = await create('limited');
    await client.extendLease(id, { by: '1h' });
    const refused = await greenroom('extend', 'limited', '--by', '1h');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(/1 is what this blueprint allows[\s\S]*→ /);
    const shown = await greenroom('lease', 'show', 'limited');
    expect(shown.out).toContain("can't be extended: It has been extended 1");
    const beyond = await greenroom(
      ...['extend', 'limited', '--by', '3d', '--override'],
      ...['--reason', 'a trial'],
    );
    expect(beyond.out).toContain('beyond the limits: a trial');
  });

  it('hold and release an environment, protect it and lift that', async () => {
    await create('kept');
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const reason = ['--reason', 'incident 42'];
    const held = await greenroom('hold', 'kept', '--until', until, ...reason);
    expect(held).toMatchObject({ code: 0, err: '' });
    const kept = await greenroom('lease', 'protect', 'kept', ...reason);
    expect(kept).toMatchObject({ code: 0, err: '' });
    const shown = await greenroom('lease', 'show', 'kept');
    expect(shown.out).toContain(
      `held      until ${until} by user:default/mock`,
    );
    expect(shown.out).toMatch(/protected since \S+ by \S+: incident 42/);
    expect((await greenroom('release', 'kept')).out).toContain('release');
    expect((await greenroom('lease', 'unprotect', 'kept')).code).toBe(0);
    expect(await greenroom('release', 'kept')).toMatchObject({ code: 1 });
    const silent = await greenroom('hold', 'kept', '--until', until);
    expect(silent.err).toContain('→');
  });

  it('compare all leases with their ledgers, and fail when one differs', async () => {
    const id = await create('verified');
    const right = await greenroom('lease', 'verify');
    expect(right).toMatchObject({ code: 0, err: '' });
    expect(right.out).toContain('are what their ledgers come to');
    const lease = () => knex('leases').where({ environment_id: id });
    await lease().update({ extensions_used: 7 });
    const wrong = await greenroom('lease', 'verify');
    expect(wrong.code).toBe(1);
    expect(wrong.out).toMatch(/verified +extensionsUsed +7 +0/);
    expect(wrong.err).toMatch(/^1 of \d+ leases are not/);
    await lease().update({ extensions_used: 0 });
    expect(await greenroom('lease', 'verify')).toMatchObject({ code: 0 });
  });

  it('show what the brake holds, and say what becomes of it', async () => {
    const id = await create('braked');
    const release = ['lease', 'brake', 'release', '--reason', 'it was wrong'];
    const free = await greenroom('lease', 'brake', 'show');
    expect(free).toMatchObject({ code: 0, err: '' });
    expect(free.out).toContain('The brake is not set: nothing waits.');
    expect(free.out).toContain('in a leap of more than 15 min');
    expect(await greenroom(...release)).toMatchObject({ code: 1, out: '' });

    const { dueAt } = await client.getLease(id);
    const brake = {
      id: '7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f',
      revision: 1,
      since: new Date(),
      due_after: new Date(),
      due_until: dueAt,
      falling: 1,
      living: 4,
      tell_failures: 0,
    };
    // Just looked, so the sweep does not find out meanwhile that nothing has fallen due.
    const justLooked = () =>
      knex('lease_watch').update({ looked_up_to: knex.fn.now() });
    await justLooked();
    await knex('lease_brakes').insert(brake);
    const set = await greenroom('lease', 'brake', 'show');
    expect(set.out).toContain('1 of 4 leases (25 %) fell due at once');
    expect(set.out).toMatch(/braked +user:default\/mock +\S+Z/);
    const shown = await greenroom('lease', 'show', 'braked');
    expect(shown.out).toContain("for an operator's word");
    await justLooked();
    const dry = await greenroom(...release, '--dry-run');
    expect(dry.out).toMatch(/^It would be so: \d+ environments? end now/);
    await justLooked();
    const postponed = await greenroom(
      ...['lease', 'brake', 'postpone', '--by', '8h', '--reason', 'it was'],
    );
    expect(postponed).toMatchObject({ code: 0, err: '' });
    expect(postponed.out).toMatch(/^Said: nothing of \d+ environments? falls/);
    expect(await greenroom(...release)).toMatchObject({ code: 1 });
    await knex('lease_brakes').delete();
  });

  it('say whether a teardown would get through, and what is in the way', async () => {
    const id = await create('checked');
    const fine = await greenroom('lease', 'check', 'checked');
    expect(fine).toMatchObject({
      code: 0,
      out: expect.stringContaining('would get through: 1 resource would go'),
    });
    await client.protectEnvironment(id, { reason: 'a demo' });
    const failing = await greenroom('lease', 'check', 'checked');
    expect(failing.code).toBe(1);
    expect(failing.out).toMatch(
      /checked is protected since .*: a demo\n {2}→ /,
    );
    expect(failing.err).toContain('Its teardown would fail.');
  });

  it('say what ends in the next days, and what other rules would come to', async () => {
    await create('upcoming');
    const upcoming = await greenroom('lease', 'upcoming', '--days', '7');
    expect(upcoming).toMatchObject({ code: 0, err: '' });
    expect(upcoming.out).toMatch(
      /upcoming +user:default.mock +destroyed .* €2.50/,
    );

    const folder = await mkdtemp(join(tmpdir(), 'greenroom-rules-'));
    const file = join(folder, 'rules.yaml');
    await writeFile(file, 'environments: {leases: {rules: [{max: 12h}]}}');
    const tried = await greenroom('lease', 'simulate', file);
    expect(tried).toMatchObject({ code: 0, err: '' });
    expect(tried.out).toMatch(/ [1-9]\d* end earlier/);
    expect(tried.out).toContain('environment-hours within 14 days');
    expect(tried.out).toMatch(/Estimated cost in EUR: €[\d.]+ -> €[\d.]+\.\n/);
    expect(tried.out).toContain('Without an estimate of their cost: 0.');
    expect(tried.out).toMatch(
      /upcoming .* earlier .* config.leases.rules\[0\].* €2.50 -> €1.25/,
    );

    await writeFile(file, '[{max: soon}]');
    const refused = await greenroom('lease', 'simulate', file);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.err).toContain('rules[0].max is "soon"');
    await writeFile(file, 'max: 1d');
    expect(await greenroom('lease', 'simulate', file)).toMatchObject({
      code: 2,
    });
    await rm(folder, { recursive: true });
  });

  it('watch an environment, and stop to', async () => {
    const id = await create('watched');
    const watched = await greenroom('watch', 'watched');
    expect(watched).toMatchObject({ code: 0, err: '' });
    expect(watched.out).toContain('user:default/mock');
    expect((await client.getEnvironment(id)).watchers).toMatchObject([
      { watcher: 'user:default/mock' },
    ]);
    const stopped = await greenroom('unwatch', 'watched');
    expect(stopped).toMatchObject({ code: 0, out: 'Nobody watches it.\n' });
    expect((await client.getEnvironment(id)).watchers).toBeUndefined();
  });

  it('shorten a lease', async () => {
    await create('shortened');
    const made = await greenroom(
      'lease',
      'shorten',
      'shortened',
      '--by',
      '20h',
    );
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain('lease.shortened');
    const wrong = await greenroom(
      ...['lease', 'shorten', 'shortened', '--until', 'soon'],
    );
    expect(wrong).toMatchObject({ code: 1 });
  });

  it('change many at once, and say beforehand what would be of each', async () => {
    await create('many-1');
    await create('many-2');
    await greenroom('extend', 'many-2');
    const dry = await greenroom(
      'bulk',
      'extend',
      'many-1',
      'many-2',
      '--dry-run',
    );
    expect(dry).toMatchObject({ code: 0, err: '' });
    expect(dry.out).toMatch(/many-2 .*refused .*extended 1 times/);
    expect(dry.out).toContain('extend: would be done to 1, refused for 1.');

    const made = await greenroom('bulk', 'extend', 'many-1', 'many-2');
    expect(made.code).toBe(1);
    expect(made.out).toContain('extend: done to 1, refused for 1.');
    expect(made.err).toContain('1 of 2 were refused.');
  });

  it('destroy many only with --yes', async () => {
    await create('gone-1');
    const asked = await greenroom('bulk', 'destroy', 'gone-1');
    expect(asked.code).toBe(2);
    expect(asked.err).toContain('destroy is about 1 environments');
    const neither = await greenroom('bulk', 'destroy', '--yes');
    expect(neither.code).toBe(2);
    const made = await greenroom('bulk', 'destroy', 'gone-1', '--yes');
    expect(made).toMatchObject({ code: 0 });
    expect(made.out).toMatch(/gone-1 .*destroy .*operation /);
  });

  it('pause and wake one on demand', async () => {
    await create('sleepy');
    expect(await greenroom('wake', 'sleepy')).toMatchObject({
      code: 1,
      err: expect.stringContaining('"resume" cannot begin'),
    });
    const plan = await greenroom('pause', 'sleepy', '--dry-run', '--json');
    expect(JSON.parse(plan.out)).toMatchObject({ kind: 'pause', dryRun: true });
  });
});
