import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program of its own, in a new folder, that stands in for a tool: for what no real one does on demand. */
export async function script(...lines: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'script-'));
  const path = join(folder, 'tool');
  await writeFile(path, ['#!/bin/sh', ...lines, ''].join('\n'), {
    mode: 0o755,
  });
  return path;
}
