import { DriverError } from '@greenroom/plugin-environments-node';
import { DriverCallError } from '../operations/steps/driverCalls';
import { SystemCalls } from './systems';

describe('A question to the system behind a driver', () => {
  const soon = new SystemCalls({ withinMs: 1 });
  const patient = new SystemCalls({ withinMs: 60_000 });
  const silent = {
    name: 'ServiceUnavailableError',
    problems: [
      {
        code: 'live.silent',
        message:
          'The system behind the driver "argocd" has not answered within 0.001 s.',
      },
    ],
  };

  it('has the answer of the driver', async () => {
    const signals: AbortSignal[] = [];
    const answer = await patient.ask('argocd', async signal => {
      signals.push(signal);
      return 'well';
    });
    expect(answer).toBe('well');
    expect(signals[0].aborted).toBe(false);
  });

  it('ends when there is no answer, whether the driver heeds its signal or not', async () => {
    const deaf = soon.ask('argocd', () => new Promise(() => {}));
    await expect(deaf).rejects.toMatchObject(silent);
    const heedful = soon.ask(
      'argocd',
      signal =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new Error('aborted'))),
        ),
    );
    await expect(heedful).rejects.toMatchObject(silent);
  });

  it('tells what the driver says from what no driver should say', async () => {
    const problem = { code: 'argocd.unreachable', message: 'It is away' };
    const said = patient.ask('argocd', async () => {
      throw new DriverError(problem);
    });
    await expect(said).rejects.toMatchObject({ name: 'DriverError', problem });
    const broken = patient.ask('argocd', () => {
      throw new TypeError('a bug');
    });
    await expect(broken).rejects.toBeInstanceOf(DriverCallError);
  });
});
