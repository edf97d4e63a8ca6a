import { mockServices } from '@backstage/backend-test-utils';
import { DriverLogLine } from '@greenroom/plugin-environments-node';
import { TestClock } from '../../testing/clock';
import { HeldClaim } from '../worker/claim';
import { LogWriter } from './logWriter';
import { Mask } from '../run/mask';
import { LogStore, NewLogLine } from '../store/logs';

/** What is written is looked at before it gets to the database. */
describe('the writer of a log', () => {
  let stored: NewLogLine[];
  let mask: Mask;
  let clock: TestClock;
  let writer: LogWriter;
  const logger = mockServices.logger.mock();
  let store: LogStore;

  beforeEach(() => {
    jest.resetAllMocks();
    stored = [];
    mask = new Mask();
    clock = new TestClock();
    store = new LogStore();
    store.takeIds = async (_tx, count) => Array(count).fill('1');
    store.insert = async (_tx, _operationId, _ids, lines) => {
      stored.push(...lines);
    };
    writer = new LogWriter({
      held: {
        claim: { operationId: 'o', environmentId: 'e', fence: 1 },
        write: use => use(undefined!),
      } as HeldClaim,
      store,
      mask,
      clock,
      logger,
    });
  });

  const LINE: Omit<DriverLogLine, 'text'> = { stream: 'stdout', level: 'info' };
  const say = (text: string, stepId = 's'): void =>
    writer.sink(stepId)({ ...LINE, text });
  const texts = () => stored.map(({ text }) => text);
  const bytes = () =>
    texts().reduce((sum, text) => sum + Buffer.byteLength(text), 0);

  it('is bounded for a tool that prints hundreds of megabytes', async () => {
    const line = 'x'.repeat(4000);
    const before = process.memoryUsage().heapUsed;
    // Each text is its own, as from a tool; 400 MB in all.
    for (let number = 0; number < 100_000; number++) {
      say(`${number} ${line}${number}`);
    }
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150_000_000);
    await writer.flush();
    expect(bytes()).toBeLessThan(9 * 1024 * 1024);
    const middle = stored.findIndex(({ text }) => text.includes('left out'));
    expect(texts()[middle]).toMatch(/^9\d{4} lines \(3\d\d\.\d MB\) are left/);
    expect(texts()[0]).toMatch(/^0 x/);
    expect(texts().at(-1)).toMatch(/^99999 x/);
  });

  it('is bounded for one line without end', async () => {
    say('y'.repeat(50_000_000));
    await writer.flush();
    expect(texts()[0]).toHaveLength(8000 + '… (50000000 characters)'.length);
  });

  it('cuts no secret in half, so that no half can be read', async () => {
    mask.hide('correct-horse-battery-staple');
    // Once where the shown part ends, and once where the looked-at part does.
    for (const before of [7990, 31_990]) {
      say(`${'z'.repeat(before)}correct-horse-battery-staple and more`);
    }
    // What is masked makes a line shorter, so that its far end comes near.
    say(
      `${'correct-horse-battery-staple'.repeat(1142)}${'z'.repeat(10)}correct-horse-battery-staple`,
    );
    await writer.flush();
    expect(texts().join('\n')).not.toMatch(/correct|horse|battery/);
  });

  it('gives each line the time at which it was said, also those held back', async () => {
    const first = clock.now();
    for (let number = 0; number < 10_001; number++) say('early');
    const later = clock.advance(60);
    for (let number = 0; number < 2; number++) say('late');
    clock.advance(60);
    await writer.flush();
    expect(stored[0].at).toEqual(first);
    expect(stored.at(-1)).toMatchObject({ text: 'late', at: later });
  });

  it('goes on after lines that could not be stored, and says how many are lost', async () => {
    const { insert } = store;
    store.insert = async () => {
      throw new Error('no space left');
    };
    ['lost', 'as well'].forEach(text => say(text));
    await writer.flush();
    expect(logger.warn.mock.calls).toEqual([
      [
        'Lost 2 log lines of operation o',
        expect.objectContaining({ message: 'no space left' }),
      ],
    ]);
    store.insert = insert;
    say('kept');
    await writer.flush();
    expect(texts()).toEqual(['kept']);
  });

  it('ends one step while another goes on', async () => {
    for (let number = 0; number < 20_000; number++) {
      say('one', 'one');
      say('other', 'other');
    }
    await writer.flush('one');
    const of = (stepId: string) =>
      stored.filter(line => line.stepId === stepId && line.stream === 'stdout');
    expect(of('one')).toHaveLength(20_000);
    expect(of('other')).toHaveLength(10_000);
    await writer.flush();
    expect(of('other')).toHaveLength(20_000);
  });

  it('masks a key line by line, and what is held back by secrets heard of later', async () => {
    const key = ['-----BEGIN KEY-----', 'MIIabcdefgh', 'ijklmnop=='];
    mask.hide(key.join('\n'));
    key.forEach(line => say(line));
    for (let number = 0; number < 10_000; number++) say('filler');
    say('token late-secret');
    mask.hide('late-secret');
    await writer.flush();
    expect(texts().slice(0, 3)).toEqual(['•••', '•••', '•••']);
    expect(texts().at(-1)).toBe('token •••');
  });
});
