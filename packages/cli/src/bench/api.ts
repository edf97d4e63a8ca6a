import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
  BlueprintVersion,
  CreateEnvironmentResponse,
  Operation,
  PublishBlueprintRequest,
} from '@greenroom/plugin-environments-common';
import { BenchPortal } from './portal';

const POLL_MS = 20;

/** Publishes the blueprint in a folder and waits until it may be used. */
export async function publishBlueprint(
  portal: BenchPortal,
  folder: string,
): Promise<BlueprintVersion> {
  let version = await call<BlueprintVersion>(
    portal,
    'POST',
    '/blueprints',
    await readBlueprint(folder),
  );
  while (version.status === 'validating') {
    await pause();
    version = await call(
      portal,
      'GET',
      `/blueprints/${version.name}/versions/${version.version}`,
    );
  }
  if (version.status === 'rejected') {
    throw new Error(version.problems.map(it => it.message).join('\n'));
  }
  return version;
}

/** The blueprint in a folder, as the API takes it. */
export async function readBlueprint(
  folder: string,
): Promise<PublishBlueprintRequest> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[relative(folder, path)] = await readFile(path, 'base64');
  }
  const document = await readFile(join(folder, 'blueprint.yaml'), 'utf8');
  return { document, files };
}

/** Creates an environment, waits for its end, and says how long that took from the request on. */
export async function createEnvironment(
  portal: BenchPortal,
  request: { name: string; blueprint: string },
): Promise<{ id: string; seconds: number }> {
  const startedAt = performance.now();
  const { environment, operation } = await call<CreateEnvironmentResponse>(
    portal,
    'POST',
    '/environments',
    { ...request, owner: 'group:default/platform', inputs: {} },
  );
  await untilDone(portal, operation!.id);
  return {
    id: environment!.id,
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** Destroys an environment and waits until nothing of it is left. */
export async function destroyEnvironment(
  portal: BenchPortal,
  id: string,
): Promise<void> {
  const operation = await call<Operation>(
    portal,
    'POST',
    `/environments/${id}/operations`,
    { kind: 'destroy' },
  );
  await untilDone(portal, operation.id);
}

async function untilDone(portal: BenchPortal, id: string): Promise<void> {
  for (;;) {
    const operation = await call<Operation>(portal, 'GET', `/operations/${id}`);
    if (operation.state === 'succeeded') return;
    if (operation.state === 'failed' || operation.state === 'cancelled') {
      throw new Error(
        operation.problem?.message ?? `Operation ${id} is ${operation.state}.`,
      );
    }
    await pause();
  }
}

async function call<T>(
  portal: BenchPortal,
  method: string,
  path: string,
  body?: object,
): Promise<T> {
  const response = await fetch(portal.apiUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${portal.token}`,
      'content-type': 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(
      `${method} ${path} answered ${response.status}: ${await response.text()}`,
    );
  }
  return (await response.json()) as T;
}

function pause(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, POLL_MS));
}
