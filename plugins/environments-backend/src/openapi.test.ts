import { EnvironmentsClient } from '@greenroom/plugin-environments-common';
import { openApiDocument } from './openapi';

/** Everything in a document, however deep. */
function* within(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  yield value as Record<string, unknown>;
  for (const inner of Object.values(value)) yield* within(inner);
}

/** Whether the document has a route for a request, whatever stands for its parameters. */
function isDocumented(method: string, pathname: string): boolean {
  return Object.entries(openApiDocument.paths).some(([path, methods]) => {
    const pattern = path.replaceAll(/\{\w+\}/g, '[^/]+');
    return new RegExp(`^${pattern}$`).test(pathname) && method in methods;
  });
}

describe('the OpenAPI document', () => {
  it('refers to nothing that it does not hold', () => {
    const { schemas } = openApiDocument.components;
    const missing = [...within(openApiDocument)]
      .map(part => part.$ref)
      .filter(ref => typeof ref === 'string')
      .map(ref => ref.replace('#/components/schemas/', ''))
      .filter(name => !(name in schemas));
    expect(missing).toEqual([]);
  });

  it('gives each of its operations a name of its own', () => {
    const names = Object.values(openApiDocument.paths)
      .flatMap(methods => Object.values(methods))
      .map(operation => (operation as { operationId: string }).operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has a route for every call of the client', async () => {
    const seen: { method: string; pathname: string }[] = [];
    const client = new EnvironmentsClient({
      discoveryApi: { getBaseUrl: async () => 'http://localhost' },
      fetchApi: {
        fetch: async (input, init) => {
          const { pathname } = new URL(String(input));
          const method = init?.method?.toLowerCase() ?? 'get';
          seen.push({ method, pathname });
          return new Response('{"items": []}');
        },
      },
    });
    const calls = [
      client,
      client.fleet,
      client.leases,
      client.activity,
      client.live,
    ].flatMap(part =>
      Object.getOwnPropertyNames(Object.getPrototypeOf(part))
        .filter(name => name !== 'constructor' && name !== 'streamLogs')
        .map(name =>
          (part as EnvironmentsClient)[name as 'listOrphans'].bind(part),
        ),
    );
    for (const call of calls) {
      const anything = 'x' as unknown as Parameters<typeof call>[0];
      await (call as (...given: unknown[]) => Promise<unknown>)(
        anything,
        anything,
        anything,
      );
    }
    expect(seen.length).toBeGreaterThan(25);
    const undocumented = seen.filter(
      ({ method, pathname }) => !isDocumented(method, pathname),
    );
    expect(undocumented).toEqual([]);
  });
});
