import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Response } from 'express';
import { LogLine } from '@greenroom/plugin-environments-common';

export const DOWNLOAD_FORMATS = ['text', 'jsonl'] as const;
export type DownloadFormat = (typeof DOWNLOAD_FORMATS)[number];

const FORMATS: Record<
  DownloadFormat,
  { type: string; extension: string; write: (line: LogLine) => string }
> = {
  text: {
    type: 'text/plain; charset=utf-8',
    extension: 'log',
    write: ({ time, component, action, stream, text }) =>
      `${time} ${component} ${action} ${stream.padEnd(9)} ${text}`,
  },
  jsonl: {
    type: 'application/x-ndjson; charset=utf-8',
    extension: 'jsonl',
    write: line => JSON.stringify(line),
  },
};

/** Sends a log as a file; a slow reader is waited for, so that no more than a page is in memory. */
export async function sendLogFile(
  response: Response,
  log: { name: string; pages: AsyncGenerator<LogLine[]> },
  format: DownloadFormat,
): Promise<void> {
  const { type, extension, write } = FORMATS[format];
  response.status(200).set({
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${log.name}.${extension}"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  await pipeline(Readable.from(texts(log.pages, write)), response);
}

async function* texts(
  pages: AsyncGenerator<LogLine[]>,
  write: (line: LogLine) => string,
): AsyncGenerator<string> {
  for await (const lines of pages) {
    yield lines.map(line => `${write(line)}\n`).join('');
  }
}
