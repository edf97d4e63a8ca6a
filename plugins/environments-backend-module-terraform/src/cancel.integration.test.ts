import { readdir } from 'node:fs/promises';
import {
  DriverAbortedError,
  DriverContext,
} from '@greenroom/plugin-environments-node';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { SLOW_MODULE } from './testing/modules';
import { DriverStage, useDriverStage } from './testing/stage';

/** Makes the note, then does something that hears no interrupt. */
const DEAF_MODULE = {
  'main.tf': SLOW_MODULE['main.tf'].replace(
    /resource "time_sleep"[^]*/,
    `resource "terraform_data" "deaf" {
  depends_on = [local_file.note]
  provisioner "local-exec" {
    interpreter = ["/bin/sh", "-c"]
    command     = "trap '' INT TERM; echo begun; while :; do sleep 0.1; done"
  }
}
`,
  ),
};

describeEachTool('An apply that is cancelled', tool => {
  /** Aborts an apply once a line has come. */
  async function cancelled(
    { driver }: DriverStage,
    context: DriverContext,
    words: RegExp,
  ) {
    const abort = new AbortController();
    const { hash } = await driver.plan(context, 'apply');
    await expect(
      driver.apply(
        {
          ...context,
          signal: abort.signal,
          log: line => {
            context.log(line);
            if (words.test(line.text)) abort.abort();
          },
        },
        hash,
      ),
    ).rejects.toThrow(DriverAbortedError);
  }

  describe('and has time to end', () => {
    const stage = useDriverStage(tool);

    it('ends in order, with what was made in the state', async () => {
      const { contextOf, driver, states, world } = stage();
      const context = await contextOf(SLOW_MODULE, { directory: world });
      await cancelled(stage(), context, /time_sleep\.long: Creating/);
      expect(states.read('env-1')).toContain('local_file');
      expect(states.isLocked('env-1')).toBe(false);
      await driver.destroy(context);
      expect(await readdir(world)).toEqual([]);
    });
  });

  describe('and does not end in its time', () => {
    const stage = useDriverStage(tool, { graceMs: 2000 });

    it('is killed, and what was made is known all the same', async () => {
      const { contextOf, driver, made, states, world } = stage();
      const context = await contextOf(DEAF_MODULE, { directory: world });
      await cancelled(stage(), context, /local-exec\): begun/);
      expect(made).toEqual([
        expect.objectContaining({
          address: 'local_file.note',
          externalId: expect.any(String),
        }),
      ]);
      states.breakLock('env-1');
      await driver.destroy(context);
      expect((await driver.prove(context)).gone).toBe(true);
    });
  });
});
