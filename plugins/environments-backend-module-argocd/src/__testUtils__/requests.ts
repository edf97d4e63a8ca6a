import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Method and path of each request that goes out of this process while `work` goes on. */
export async function requestsOf(
  work: () => Promise<unknown>,
): Promise<string[]> {
  const found: string[] = [];
  const take = (message: unknown) => {
    const { request } = message as {
      request: { method: string; path: string };
    };
    found.push(`${request.method} ${request.path}`);
  };
  subscribe('undici:request:create', take);
  try {
    await work();
  } finally {
    unsubscribe('undici:request:create', take);
  }
  return found;
}
