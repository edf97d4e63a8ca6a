import { Readable } from 'node:stream';
import { Refusal } from '../refusal';

/** Of a message that arrives; a specification is far below it. */
export const MOST_BYTES = 4 * 1024 * 1024;

const HEADER_BYTES = 5;
const COMPRESSED = 0x01;
const TRAILERS = 0x80;

/**
 * The only message of a call: a byte of flags, four of its length, itself.
 *
 * @throws Refusal when it is no such, or longer than is taken
 */
export async function readMessage(body: Readable): Promise<Buffer> {
  let all = Buffer.alloc(0);
  // Who is refused is to hear of it, so the rest is left and not destroyed.
  for await (const part of body.iterator({ destroyOnReturn: false })) {
    all = Buffer.concat([all, part]);
    checkHeader(all);
  }
  if (all.length < HEADER_BYTES) throw malformed('it ends within its header');
  const length = all.readUInt32BE(1);
  const message = all.subarray(HEADER_BYTES);
  if (message.length < length)
    throw malformed(`it says ${length} bytes and has ${message.length}`);
  return message;
}

function checkHeader(all: Buffer): void {
  if (all.length < HEADER_BYTES) return;
  if (all[0] === COMPRESSED)
    throw new Refusal(501, 12, 'compressed messages are not taken');
  if (all[0] !== 0) throw malformed(`its flags are ${all[0]}`);
  const length = all.readUInt32BE(1);
  if (length > MOST_BYTES)
    throw new Refusal(
      429,
      8,
      `grpc: received message larger than max (${length} vs. ${MOST_BYTES})`,
    );
  if (all.length > HEADER_BYTES + length)
    throw malformed('there is more after it, and a call has one');
}

function malformed(what: string): Refusal {
  return new Refusal(500, 13, `the message is malformed: ${what}`);
}

export function messageFrame(message: Buffer): Buffer {
  return frame(0, message);
}

/** What HTTP/2 has trailers for, as gRPC-web has it: the last frame of the body. */
export function trailersFrame(trailers: Record<string, string>): Buffer {
  const lines = Object.entries(trailers).map(pair => `${pair.join(': ')}\r\n`);
  return frame(TRAILERS, Buffer.from(lines.join('')));
}

function frame(flags: number, content: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header[0] = flags;
  header.writeUInt32BE(content.length, 1);
  return Buffer.concat([header, content]);
}
