import { once } from 'node:events';
import { connect, IncomingHttpHeaders } from 'node:http2';
import { Type } from 'protobufjs';
import { messageFrame } from '../grpc/frames';
import { methodOf } from '../grpc/messages';

/** How a call ended. */
export interface Ended {
  answer: unknown;
  code: number;
  message: string;
}

/** A call, encoded. */
export function request(call: string, message: object): Buffer {
  const type = methodOf(call)!.resolvedRequestType!;
  const bytes = type.encode(type.fromObject(message)).finish();
  return messageFrame(Buffer.from(bytes));
}

/** Asks by gRPC-web with just this body. */
export async function ask(
  url: string,
  call: string,
  body: Buffer,
  headers: Record<string, string> = {},
): Promise<Ended & { headers: Headers }> {
  const answer = await fetch(`${url}/${call}`, {
    method: 'POST',
    headers: { 'content-type': 'application/grpc-web+proto', ...headers },
    body: new Uint8Array(body),
  });
  const frames = framesOf(Buffer.from(await answer.arrayBuffer()));
  const lines = frames.find(([flags]) => flags === 0x80)![1].toString();
  const trailers = Object.fromEntries(
    lines.split('\r\n').map(line => line.split(/: (.*)/)),
  );
  return { ...endOf(call, frames, trailers), headers: answer.headers };
}

/** Asks by gRPC itself. */
export async function askByHttp2(
  url: string,
  call: string,
  body: Buffer,
  headers: Record<string, string> = {},
): Promise<Ended> {
  const session = connect(url);
  try {
    const stream = session.request({
      ...{ ':method': 'POST', ':path': `/${call}` },
      ...{ 'content-type': 'application/grpc', ...headers },
    });
    let trailers: IncomingHttpHeaders = {};
    const keep = (given: IncomingHttpHeaders) => {
      trailers = given;
    };
    stream.on('response', keep).on('trailers', keep);
    stream.end(body);
    const parts: Buffer[] = [];
    stream.on('data', part => parts.push(part));
    await once(stream, 'end');
    return endOf(call, framesOf(Buffer.concat(parts)), trailers);
  } finally {
    session.destroy();
  }
}

function framesOf(all: Buffer): [flags: number, content: Buffer][] {
  if (all.length === 0) return [];
  const end = 5 + all.readUInt32BE(1);
  return [[all[0], all.subarray(5, end)], ...framesOf(all.subarray(end))];
}

function plain(type: Type, message: Buffer): unknown {
  return type.toObject(type.decode(message), { longs: Number });
}

function endOf(
  call: string,
  frames: [number, Buffer][],
  trailers: IncomingHttpHeaders,
): Ended {
  const message = frames.find(([flags]) => flags === 0)?.[1];
  const type = methodOf(call)?.resolvedResponseType;
  return {
    answer: message && type && plain(type, message),
    code: Number(trailers['grpc-status']),
    message: decodeURIComponent(String(trailers['grpc-message'])),
  };
}

/** The messages of a stream by gRPC-web, as they come; who ends the loop leaves. */
export async function* follow(
  url: string,
  call: string,
  body: Buffer,
  headers: Record<string, string> = {},
): AsyncGenerator<unknown> {
  const leave = new AbortController();
  const answer = await fetch(`${url}/${call}`, {
    method: 'POST',
    headers: { 'content-type': 'application/grpc-web+proto', ...headers },
    body: new Uint8Array(body),
    signal: leave.signal,
  });
  yield* messagesOf(call, answer.body!, () => leave.abort());
}

/** The same by gRPC itself. */
export async function* followByHttp2(
  url: string,
  call: string,
  body: Buffer,
  headers: Record<string, string> = {},
): AsyncGenerator<unknown> {
  const session = connect(url);
  const stream = session.request({
    ...{ ':method': 'POST', ':path': `/${call}` },
    ...{ 'content-type': 'application/grpc', ...headers },
  });
  stream.end(body);
  yield* messagesOf(call, stream, () => session.destroy());
}

async function* messagesOf(
  call: string,
  parts: AsyncIterable<Uint8Array>,
  leave: () => void,
): AsyncGenerator<unknown> {
  const type = methodOf(call)!.resolvedResponseType!;
  let all = Buffer.alloc(0);
  try {
    for await (const part of parts) {
      all = Buffer.concat([all, part]);
      while (all.length >= 5 && all.length >= 5 + all.readUInt32BE(1)) {
        const end = 5 + all.readUInt32BE(1);
        yield plain(type, all.subarray(5, end));
        all = all.subarray(end);
      }
    }
  } finally {
    leave();
  }
}
