import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf } from './doc-commands.mjs';

test('commands are read from shell blocks, without their comments', () => {
  const markdown =
    'Run `./greenroom help`.\n```sh\ncd greenroom\n./greenroom start   # some minutes\n```\n';
  assert.deepEqual(commandsOf(markdown), ['./greenroom start']);
});
