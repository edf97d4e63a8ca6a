import { randomBytes } from 'node:crypto';
import {
  BlueprintExample,
  blueprintTtl,
  CreateEnvironmentRequest,
  EnvironmentsClient,
  Operation,
  Problem,
} from '@greenroom/plugin-environments-common';
import { CommandError } from '../../portal/failures';
import { Subject } from './subject';

/** Should this process be gone, the environment goes by itself. */
const TRIAL_SECONDS = 3600;

export interface TrialOptions {
  client: EnvironmentsClient;
  subject: Subject;
  owner: string;
}

/** What came of one example. */
export interface Trial {
  example: string;
  ok: boolean;
  /** What the plan was, and, of one that was made, what became of it. */
  result: string;
  problem?: Problem;
  operationId?: string;
}

/** Plans what an environment of the example's inputs would be; nothing is made. */
export async function planExample(
  { client, subject, owner }: TrialOptions,
  { name: example, inputs }: BlueprintExample,
): Promise<Trial> {
  const request = { ...requestOf(subject, owner, example), inputs };
  const { operation } = await client.createEnvironment(
    { ...request, dryRun: true, plan: true },
    { idempotencyKey: request.name },
  );
  const ended = await ending(client, operation!.id);
  if (ended.state !== 'succeeded') return failure(example, ended);
  const { add, change, remove } = ended.plan ?? {
    add: 0,
    change: 0,
    remove: 0,
  };
  const deferred = ended.steps
    .filter(({ deferredBy = [] }) => deferredBy.length > 0)
    .map(({ component }) => component);
  const rest =
    deferred.length > 0
      ? `; ${deferred.join(', ')} can be planned once what is used is applied`
      : '';
  return {
    example,
    ok: true,
    result: `${add} to add, ${change} to change, ${remove} to remove${rest}`,
    operationId: ended.id,
  };
}

/** Makes an environment of the example's inputs and destroys it, however the making went. */
export async function applyExample(
  { client, subject, owner }: TrialOptions,
  { name: example, inputs }: BlueprintExample,
): Promise<Trial> {
  const request = { ...requestOf(subject, owner, example), inputs };
  const { minSeconds = 0, maxSeconds = TRIAL_SECONDS } = blueprintTtl(
    subject.document,
  );
  const seconds = Math.max(minSeconds, Math.min(maxSeconds, TRIAL_SECONDS));
  const { environment, operation } = await client.createEnvironment(
    { ...request, ttl: `${seconds}s` },
    { idempotencyKey: request.name },
  );
  const made = await ending(client, operation!.id);
  const destroy = await client.submitOperation(environment!.id, {
    kind: 'destroy',
    reason: `The trial of example ${example} is over`,
  });
  const gone = await ending(client, destroy.id);
  if (gone.state !== 'succeeded') {
    const left = await client.listResources(environment!.id);
    const names = left.map(
      ({ component, address }) => `${component}: ${address}`,
    );
    return {
      ...failure(example, gone),
      result: `${request.name} could not be destroyed; left: ${names.join(', ') || 'nothing that is known'}`,
    };
  }
  if (made.state !== 'succeeded') {
    const failed = failure(example, made);
    return { ...failed, result: `${failed.result}; nothing is left` };
  }
  const result = 'made and destroyed; nothing is left';
  return { example, ok: true, result, operationId: made.id };
}

function requestOf(
  { name, version }: Subject,
  owner: string,
  example: string,
): Omit<CreateEnvironmentRequest, 'inputs'> {
  const suffix = randomBytes(3).toString('hex');
  return {
    name: `try-${example.slice(0, 25).replace(/-+$/, '')}-${suffix}`,
    blueprint: name,
    version,
    owner,
  };
}

/** The operation once it has ended, however it did. */
async function ending(
  client: EnvironmentsClient,
  id: string,
): Promise<Operation> {
  await client.streamLogs(id, { onLine: () => {} });
  return client.getOperation(id);
}

function failure(example: string, operation: Operation): Trial {
  const { id, kind, state, problem } = operation;
  return {
    example,
    ok: false,
    result: `the ${kind} ended as ${state}`,
    problem,
    operationId: id,
  };
}

/** @throws CommandError when environments can't be made of the version */
export function requireApplicable({ name, version, status }: Subject): void {
  if (status === 'published' || status === 'deprecated') return;
  throw new CommandError(
    `${name} ${version} is ${status}: it can be planned, and no environment is made of it.`,
    'Publish it first; a prerelease such as 1.2.0-rc.1 is never recommended to anybody.',
  );
}
