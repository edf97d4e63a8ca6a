import { LogLine } from '@greenroom/plugin-environments-common';
import {
  inOrder,
  prints,
  printsMany,
  waitsFor,
} from '@greenroom/plugin-environments-node/contract-kit';
import { useTestDatabases } from '../../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../../testing/engine';
import { LogStore } from '../store/logs';

describe('the log of an operation', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
  });
  afterEach(() => engine.stop());

  const single = { blueprint: 'single', inputs: {} };
  const never = new AbortController().signal;

  const page = (id: string, after = '0', limit = 1000) =>
    engine.rooms.logs.page(id, { after, limit }, MIRA);

  async function texts(id: string): Promise<string[]> {
    return (await page(id)).items.map(line => line.text);
  }

  async function readToEnd(id: string, after = '0') {
    const lines: LogLine[] = [];
    const log = await engine.rooms.logs.follow(id, after, MIRA, never);
    for (;;) {
      const { done, value } = await log.next();
      if (done) return { lines, ...value };
      lines.push(...value);
    }
  }

  it('holds what the driver said, in order, with component and action', async () => {
    engine.driver.script('site', { apply: prints('one', 'two', 'three') });
    const { operation } = await engine.create(single);
    await engine.work();
    const { items, complete } = await page(operation.id);
    expect(items).toMatchObject([
      { text: 'one', component: 'site', action: 'apply', stream: 'stdout' },
      { text: 'two' },
      { text: 'three' },
    ]);
    expect(complete).toBe(true);
    const rest = await page(operation.id, items[0].id, 1);
    expect(rest.items).toMatchObject([{ text: 'two' }]);
    expect(rest.complete).toBe(false);
  });

  it('can be read while the operation runs, to its end, over any process', async () => {
    let finish = () => {};
    const gate = new Promise<void>(resolve => {
      finish = resolve;
    });
    engine.driver.script('site', {
      apply: inOrder(prints('early'), waitsFor(gate), prints('late')),
    });
    const { operation } = await engine.create(single);
    const working = engine.work();
    const log = await engine.rooms.logs.follow(operation.id, '0', MIRA, never);
    const first = await log.next();
    expect(first.value).toMatchObject([{ text: 'early' }]);
    expect((await page(operation.id)).complete).toBe(false);

    finish();
    const second = await log.next();
    expect(second.value).toMatchObject([{ text: 'late' }]);
    expect(await log.next()).toEqual({
      done: true,
      value: { state: 'succeeded' },
    });
    await working;
  });

  it('goes on behind any line, with none lost and none given twice', async () => {
    engine.driver.script('site', { apply: printsMany(1200) });
    const { operation } = await engine.create(single);
    const [whole] = await Promise.all([
      readToEnd(operation.id),
      readToEnd(operation.id),
      engine.work(),
    ]);
    expect(whole.state).toBe('succeeded');
    expect(whole.lines.map(line => line.text)).toEqual(
      Array.from({ length: 1200 }, (_, index) => `line ${index + 1}`),
    );
    const rest = await readToEnd(operation.id, whole.lines[699].id);
    expect(rest.lines).toEqual(whole.lines.slice(700));
  });

  it('ends for a reader who goes away', async () => {
    const { operation } = await engine.create(single);
    const gone = new AbortController();
    const log = await engine.rooms.logs.follow(
      operation.id,
      '0',
      MIRA,
      gone.signal,
    );
    const waiting = log.next();
    gone.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('keeps both ends of a step that says too much, and says what is missing', async () => {
    engine.driver.script('site', { apply: printsMany(25_000) });
    const { operation } = await engine.create(single);
    await engine.work();
    const { lines, state } = await readToEnd(operation.id);
    expect(state).toBe('succeeded');
    const said = lines.filter(({ action }) => action === 'apply');
    expect(said).toHaveLength(20_002);
    expect(said[9_999].text).toBe('line 10000');
    expect(said[10_000]).toMatchObject({
      stream: 'greenroom',
      text: expect.stringContaining('the last 10000 lines are shown'),
    });
    expect(said[10_001]).toMatchObject({
      stream: 'greenroom',
      text: expect.stringMatching(/^5000 lines \(\d+ kB\) are left out here/),
    });
    expect(said[10_002].text).toBe('line 15001');
    expect(said.at(-1)!.text).toBe('line 25000');
  });

  it('holds each line once that is stored again because no answer came', async () => {
    const { operation } = await engine.create(single);
    await engine.work();
    const store = new LogStore();
    const { id: stepId } = await engine.knex('operation_steps').first('id');
    const [id] = await store.takeIds(engine.knex, 1);
    for (const text of ['stored', 'stored again']) {
      await store.insert(
        engine.knex,
        operation.id,
        [id],
        [
          {
            stepId,
            at: engine.clock.now(),
            stream: 'stdout',
            level: 'info',
            text,
          },
        ],
      );
    }
    const { items } = await page(operation.id);
    expect(items.filter(line => line.id === id)).toMatchObject([
      { text: 'stored' },
    ]);
  });

  it('shows no secret: neither outputs that are sensitive nor the password of the state', async () => {
    engine.driver.script('app', {
      apply: ({ context }) => {
        const { password } = context.component.with;
        for (const secret of [password, context.state.password]) {
          context.log({
            stream: 'stderr',
            level: 'info',
            text: `logged in with ${secret}`,
          });
        }
      },
      outputs: { url: { value: 'http://shop', sensitive: false } },
    });
    const { operation } = await engine.create();
    await engine.work();
    expect(await texts(operation.id)).toEqual([
      'logged in with •••',
      'logged in with •••',
    ]);
    const stored = await engine.knex('environment_components');
    expect(JSON.stringify(stored)).not.toContain('correct-horse');
  });

  it('stores whatever a tool prints', async () => {
    engine.driver.script('site', {
      apply: prints('nul \0 byte', 'x'.repeat(9000)),
    });
    const { operation } = await engine.create(single);
    await engine.work();
    const [nul, long] = await texts(operation.id);
    expect(nul).toBe('nul � byte');
    expect(long).toMatch(/^x{8000}… \(9000 characters\)$/);
  });
});
