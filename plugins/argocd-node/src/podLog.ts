import { logLine } from './answers';
import { Transport } from './transport';
import { ArgocdApplicationRef } from './types';

/** The last lines of a pod's log, oldest first. They come as a stream that ends by itself. */
export async function podLog(
  transport: Transport,
  ref: ArgocdApplicationRef,
  pod: { name: string; namespace?: string; lines: number },
  signal?: AbortSignal,
): Promise<string[]> {
  const body = await transport.open({
    method: 'GET',
    path: ['api', 'v1', 'applications', ref.name, 'logs'],
    query: {
      project: ref.project,
      appNamespace: ref.appNamespace,
      podName: pod.name,
      namespace: pod.namespace,
      tailLines: pod.lines,
      follow: false,
    },
    signal,
  });
  let text = '';
  for await (const part of body) text += part.toString();
  return text
    .split('\n')
    .filter(line => line.trim())
    .flatMap(line => {
      const parsed = logLine.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data.result.content] : [];
    })
    .filter(Boolean);
}
