import { Response } from 'express';

/** Tells of each thing as it comes, a line each, until the caller leaves. */
export function stream(
  response: Response,
  begin: (tell: (result: object) => void) => () => void,
): void {
  response.setHeader('content-type', 'application/json');
  const end = begin(result => {
    response.write(`${JSON.stringify({ result })}\n`);
  });
  response.flushHeaders();
  response.once('close', end);
}
