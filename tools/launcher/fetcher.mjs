// Fetches the address given first and writes it into the file given second,
// if any. Run by download.mjs.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const [, , url, file] = process.argv;
try {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`HTTP ${response.status}`);
  }
  if (file) {
    await pipeline(Readable.fromWeb(response.body), createWriteStream(file));
  }
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error.cause?.code ?? error.message}\n`);
  process.exit(1);
}
