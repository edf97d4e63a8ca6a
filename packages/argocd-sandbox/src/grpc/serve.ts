import { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { Method } from 'protobufjs';
import { bearerOf } from '../accounts';
import { Calls } from '../calls';
import { Refusal, refusalOf, unserved, wordsOf } from '../refusal';
import { Answer } from './answer';
import { readMessage } from './frames';
import { decode, encode, methodOf } from './messages';
import { Caller, methodsOn } from './methods';

/** A call as it arrives, by HTTP/1.1 or HTTP/2. */
export interface Incoming {
  /** `/package.Service/Method` */
  path: string;
  headers: IncomingHttpHeaders;
  body: Readable;
  /** Calls back once the caller has left. */
  left: (listener: () => void) => void;
}

const WELL = { code: 0, message: '' };

/** Answers calls by gRPC; whatever goes wrong is answered, too. */
export function grpcServer(calls: Calls) {
  const { unary, streaming } = methodsOn(calls);
  return async (incoming: Incoming, answer: Answer): Promise<void> => {
    try {
      const name = incoming.path.slice(1);
      const method = methodOf(name);
      if (!method) throw unserved(`The call ${name}`);
      const request = decoded(method, await readMessage(incoming.body));
      const caller = callerOf(calls, incoming.headers);
      const flow = streaming.get(name);
      if (flow) {
        const tell = (told: object) => tellOf(method, told, answer);
        incoming.left(flow(request, caller, tell));
        answer.begin();
        return;
      }
      const result = await unary.get(name)!(request, caller);
      answer.message(encode(method, result as object));
      answer.end(WELL);
    } catch (error) {
      refuse(answer, error);
    }
  };
}

/** The change that is told of is none of the listener's fault, so it is not to stumble over it. */
function tellOf(method: Method, told: object, answer: Answer): void {
  try {
    answer.message(encode(method, told));
  } catch (error) {
    refuse(answer, error);
  }
}

function refuse(answer: Answer, error: unknown): void {
  const { grpcCode, message } = refusalOf(error);
  answer.end({ code: grpcCode, message });
}

function decoded(method: Method, message: Buffer): never {
  try {
    return decode(method, message) as never;
  } catch (error) {
    const words = `grpc: error unmarshalling request: ${wordsOf(error)}`;
    throw new Refusal(500, 13, words);
  }
}

/** The command line has its token in a header of that name. */
function callerOf({ accounts }: Calls, headers: IncomingHttpHeaders): Caller {
  const { token: given, authorization } = headers;
  const token = (given && String(given)) || bearerOf(authorization);
  return { token, account: () => accounts.caller(token) };
}
