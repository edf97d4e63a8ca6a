import { startOrExit } from './startOrExit';

describe('startOrExit', () => {
  afterEach(() => jest.restoreAllMocks());

  it('ends the process with 1 and the reason when the backend refuses to start', async () => {
    const exit = jest
      .spyOn(process, 'exit')
      .mockReturnValue(undefined as never);
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    await startOrExit({
      start: async () => {
        throw new Error('Greenroom keeps its data in PostgreSQL.');
      },
    });
    expect(exit).toHaveBeenCalledWith(1);
    expect(write).toHaveBeenCalledWith(
      '\nThe portal did not start.\nGreenroom keeps its data in PostgreSQL.\n',
    );
  });

  it('leaves a started backend running', async () => {
    const exit = jest
      .spyOn(process, 'exit')
      .mockReturnValue(undefined as never);
    await startOrExit({ start: async () => ({}) });
    expect(exit).not.toHaveBeenCalled();
  });
});
