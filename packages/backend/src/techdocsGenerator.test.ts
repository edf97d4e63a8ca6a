import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ForwardedError } from '@backstage/errors';
import { inWords } from './techdocsGenerator';

/** As upstream reports it: the system's error within its own. */
async function failToStart(command: string): Promise<Error> {
  const child = spawn(command, [], { env: { PATH: '/nothing/here' } });
  const [error] = await once(child, 'error');
  return new ForwardedError('Failed to generate docs', error);
}

describe('failures to build documentation', () => {
  it('are in words when MkDocs is missing, and say how to get it', async () => {
    const error = inWords(await failToStart('mkdocs'));
    expect(error).toMatchObject({
      code: 'mkdocs-missing',
      message: expect.stringMatching(
        /^MkDocs is not installed here.*Install Python 3/,
      ),
    });
  });

  it('stay as they are otherwise', async () => {
    const error = await failToStart('something-else');
    expect(inWords(error)).toBe(error);
  });
});
