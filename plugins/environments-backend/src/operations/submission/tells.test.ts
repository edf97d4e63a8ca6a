import { SubmitOperationRequest } from '@greenroom/plugin-environments-common';
import { Outbox } from '../../events/outbox';
import { useTestDatabases } from '../../testing/database';
import { MIRA } from '../../testing/engine';
import { Lab, startLab } from '../../testing/lab';

describe('whoever follows an environment', () => {
  const databases = useTestDatabases();
  let lab: Lab;

  beforeEach(async () => {
    lab = await startLab(await databases.create());
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await lab.engine.stop();
  });

  /** The states that are told of while something is done. */
  async function told(use: () => Promise<unknown>): Promise<string[]> {
    const add = jest.spyOn(Outbox.prototype, 'add');
    add.mockClear();
    await use();
    return add.mock.calls.map(([, { state }]) => state);
  }

  const submit = (request: SubmitOperationRequest) =>
    lab.engine.submit(lab.id, { whenBusy: 'queue', ...request });
  const work = () => lab.engine.work();

  it('is told of a dry run when it is asked for and when it has ended', async () => {
    expect(await told(() => submit({ kind: 'update', dryRun: true }))).toEqual([
      'running',
    ]);
    expect(await told(work)).toEqual(['running']);
  });

  it('is told of what waits behind something else, and of its end there', async () => {
    await submit({ kind: 'update' });
    let behind = '';
    expect(
      await told(async () => {
        behind = (await submit({ kind: 'update' })).id;
      }),
    ).toEqual(['updating']);
    expect(
      await told(() =>
        lab.engine.rooms.operationMoves.cancel(behind, {}, MIRA),
      ),
    ).toEqual(['updating']);
  });

  it('is told of a dry run that gets its turn', async () => {
    await submit({ kind: 'update' });
    await submit({ kind: 'update', dryRun: true });
    // The end of the first, the turn of the second, its end.
    expect(await told(work)).toEqual(['running', 'running', 'running']);
  });

  it('is told of a plan that waits for somebody', async () => {
    await submit({ kind: 'update', inputs: { color: 'blue' }, confirm: true });
    expect(await told(work)).toEqual(['updating']);
  });
});
