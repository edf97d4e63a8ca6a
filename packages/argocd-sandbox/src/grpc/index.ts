import { createServer, Http2Server } from 'node:http2';
import { RequestHandler } from 'express';
import { Calls } from '../calls';
import { Answer } from './answer';
import { grpcServer } from './serve';

/** gRPC-web, for callers that have no HTTP/2 or only a proxy without it. */
export function grpcWeb(calls: Calls): RequestHandler {
  const serve = grpcServer(calls);
  return (request, response, next) => {
    const type = request.header('content-type') ?? '';
    if (
      request.method !== 'POST' ||
      !/^application\/grpc-web(\+proto)?$/.test(type)
    ) {
      next();
      return;
    }
    const { path, headers } = request;
    const left = (listener: () => void) => response.once('close', listener);
    const incoming = { path, headers, body: request, left };
    void serve(incoming, new Answer(response, true));
  };
}

/** gRPC itself, and nothing else: all else is served by HTTP/1.1. */
export function grpcByHttp2(
  calls: Calls,
  headers: Record<string, string>,
): Http2Server {
  const serve = grpcServer(calls);
  return createServer((request, response) => {
    for (const [name, value] of Object.entries(headers))
      response.setHeader(name, value);
    const type = request.headers['content-type'] ?? '';
    if (!/^application\/grpc(\+proto)?$/.test(type)) {
      response.statusCode = 415;
      response.end('By HTTP/2 this stand-in for Argo CD serves gRPC alone');
      return;
    }
    const left = (listener: () => void) => response.once('close', listener);
    const { url: path } = request;
    const incoming = { path, headers: request.headers, body: request, left };
    void serve(incoming, new Answer(response, false));
  });
}
