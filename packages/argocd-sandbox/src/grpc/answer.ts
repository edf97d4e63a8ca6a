import { messageFrame, trailersFrame } from './frames';

/** What is the same of answers by HTTP/1.1 and by HTTP/2. */
export interface Response {
  readonly headersSent: boolean;
  readonly writableEnded: boolean;
  setHeader(name: string, value: string): unknown;
  writeHead(status: number): unknown;
  /** HTTP/1.1 keeps them back otherwise. */
  flushHeaders?(): void;
  write(content: Buffer): unknown;
  addTrailers(trailers: Record<string, string>): void;
  end(): unknown;
}

/** How a call ended: 0 is well. */
export interface Status {
  code: number;
  message: string;
}

/** An answer by gRPC, or by gRPC-web, which has its status in the body. */
export class Answer {
  constructor(
    private readonly response: Response,
    private readonly isWeb: boolean,
  ) {
    const type = isWeb ? 'application/grpc-web+proto' : 'application/grpc';
    response.setHeader('content-type', type);
  }

  /** Lets the caller know that messages are to come. */
  begin(): void {
    if (this.response.headersSent) return;
    this.response.writeHead(200);
    this.response.flushHeaders?.();
  }

  message(bytes: Buffer): void {
    if (!this.response.writableEnded) this.response.write(messageFrame(bytes));
  }

  end({ code, message }: Status): void {
    const { response } = this;
    if (response.writableEnded) return;
    const trailers = {
      'grpc-status': String(code),
      'grpc-message': escaped(message),
    };
    if (!response.headersSent) this.#refuse(trailers);
    else if (!this.isWeb) response.addTrailers(trailers);
    if (this.isWeb) response.write(trailersFrame(trailers));
    response.end();
  }

  /** Where there are no messages, callers look at the head. */
  #refuse(trailers: Record<string, string>): void {
    for (const [name, value] of Object.entries(trailers))
      this.response.setHeader(name, value);
    // What was sent may not be read to its end. HTTP/2 has a stream for each call.
    if (this.isWeb) this.response.setHeader('connection', 'close');
  }
}

/** As gRPC wants it: all but printable ASCII by percent signs. */
function escaped(message: string): string {
  return message.replace(/[^ -$&-~]+/gu, letters =>
    [...Buffer.from(letters)]
      .map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
}
