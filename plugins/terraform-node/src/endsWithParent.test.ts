import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { endsWithParent } from './endsWithParent';
import { script } from './testing/script';

describe('endsWithParent', () => {
  it('interrupts the tool once its parent holds the pipe no more', async () => {
    const tool = await script(
      'trap "exit 5" INT',
      'echo "begun with $1"',
      'while :; do sleep 0.1; done',
    );
    const { binary, args } = endsWithParent({ binary: tool, args: ['a b'] });
    const child = spawn(binary, args, {
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    });
    try {
      const [said] = await once(child.stdout!, 'data');
      expect(String(said)).toBe('begun with a b\n');
      // As the kernel does when the parent dies.
      child.stdio[3]!.destroy();
      expect(await once(child, 'exit')).toEqual([5, null]);
    } finally {
      child.kill('SIGKILL');
      await rm(dirname(tool), { recursive: true });
    }
  });
});
