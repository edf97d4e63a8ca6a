import {
  Environment,
  Operation,
  OperationMove,
  OperationState,
  ProblemsBody,
  SubmitOperationRequest,
} from '@greenroom/plugin-environments-common';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import { expectBody, startTestApi, TestApi } from '../../../testing/api';
import { useTestDatabases } from '../../../testing/database';

/** Two components in a row; the second version has an input and a component more. */
const blueprint = (version: string) => `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: web, title: Web}
spec:
  type: sandbox
  owner: group:default/platform
  version: ${version}
  inputs:
    type: object
    properties:
      size: {type: string, enum: [small, large], default: small}
${version === '1.0.0' ? '' : '      colour: {type: string, default: green}'}
  components:
    site:
      driver: fault
      source: ./site
      with: {size: '\${{ inputs.size }}', instances: 2}
      pause: {with: {instances: 0}}
${version === '1.0.0' ? '' : "    extra: {driver: fault, source: ./site, with: {colour: '${{ inputs.colour }}'}}"}
  outputs: {}
  ttl: {default: 1h}
`;

/** One API for all tests of a file, with two versions of the blueprint `web`. */
export function useOperationsApi() {
  const driver = new FaultDriver();
  let api: TestApi;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => api.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    api = await startTestApi({ knex: await databases.create(), driver });
    await api.publish(blueprint('1.0.0'), ['site']);
    await api.publish(blueprint('1.1.0'), ['site']);
  });
  afterEach(() => {
    driver.script('site', {});
  });

  const rest = (id: string, state: string) =>
    api.until<Environment>(
      `/environments/${id}`,
      environment => environment.state === state,
    );

  async function create(name: string, state = 'running'): Promise<string> {
    const { body } = await api
      .post('/environments', {
        name,
        blueprint: 'web',
        version: '1.0.0',
        owner: 'user:default/mock',
        inputs: {},
      })
      .expect(202);
    await rest(body.environment.id, state);
    return body.environment.id;
  }

  async function submit(
    id: string,
    request: SubmitOperationRequest,
    key?: string,
  ): Promise<Operation> {
    const call = api.post(`/environments/${id}/operations`, request);
    if (key) call.set('Idempotency-Key', key);
    const { body } = await call.expect(202);
    expectBody('Operation', body);
    return body;
  }

  const reached = (id: string, state: OperationState) =>
    api.until<Operation>(
      `/operations/${id}`,
      operation => operation.state === state,
    );

  async function done(id: string, request: SubmitOperationRequest) {
    return reached((await submit(id, request)).id, 'succeeded');
  }

  async function move(id: string, name: string, body = {}): Promise<Operation> {
    const answer = await api.post(`/operations/${id}/${name}`, body);
    expect(answer.body).not.toHaveProperty('problems');
    expectBody('Operation', answer.body);
    expect(answer.status).toBe(202);
    return answer.body;
  }

  async function refused(path: string, body: object, status: number) {
    const answer = await api.post(path, body).expect(status);
    expectBody('ErrorBody', answer.body);
    return (answer.body as ProblemsBody).problems[0];
  }

  const moveOf = (operation: Operation, name: OperationMove['move']) =>
    operation.moves.find(each => each.move === name)!;

  return {
    get api() {
      return api;
    },
    driver,
    /** @returns the id of an environment once it is in the state */
    create,
    /** Resolves once an environment is in the state. */
    rest,
    submit,
    /** Resolves once an operation is in the state. */
    reached,
    /** Resolves once a request is carried out. */
    done,
    move,
    /** @returns the first problem of a request that is refused */
    refused,
    moveOf,
  };
}
