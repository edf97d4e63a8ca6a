import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  environmentReadPermission,
  JsonObject,
  Operation,
} from '@greenroom/plugin-environments-common';
import {
  createEnvironmentConditionalDecision,
  environmentConditions,
} from '@greenroom/plugin-environments-node';
import { problemsOf } from '../../errors';
import { useTestDatabases } from '../../testing/database';
import { MIRA, OWNER, startTestEngine, TestEngine } from '../../testing/engine';

/** Reads what the input names, and what another one names unless that is empty. */
export const READER = (
  version = '1.0.0',
  output = 'url',
) => `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: reader, title: Reader}
spec:
  type: sandbox
  owner: group:default/platform
  version: ${version}
  inputs:
    type: object
    properties:
      database: {type: string, default: shop-db}
      other: {type: string, default: ''}
      color: {type: string, default: red}
  components:
    front:
      driver: fault
      source: ./front
      with:
        color: '\${{ inputs.color }}'
        url: '\${{ environments[inputs.database].outputs.${output} }}'
        other: '\${{ inputs.other == "" ? "" : environments[inputs.other].outputs.url }}'
    beside:
      driver: fault
      source: ./beside
      with: {color: '\${{ inputs.color }}'}
  outputs:
    from: {value: 'of \${{ environments[inputs.database].outputs.${output} }}'}
  ttl: {default: 1h}
`;

const PAYMENTS = 'group:default/payments';

/** For each test an environment named `shop-db`, and the blueprint of one that reads it. */
export function useReadsLab() {
  const databases = useTestDatabases();
  let engine: TestEngine;
  const groups: string[] = [];

  beforeEach(async () => {
    groups.splice(0, groups.length, OWNER);
    engine = await startTestEngine(await databases.create(), {
      // Read anew each time: people come and go.
      catalog: {
        getEntitiesByRefs: (request, options) =>
          catalogServiceMock({
            entities: [
              {
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'User',
                metadata: { name: 'mira', namespace: 'default' },
                relations: groups.map(targetRef => ({
                  type: 'memberOf',
                  targetRef,
                })),
              },
            ],
          }).getEntitiesByRefs(request, options),
      },
    });
    await engine.blueprints.publish(READER());
    await engine.create({ name: 'shop-db' });
    await engine.work();
  });
  afterEach(() => engine.stop());

  const create = (inputs: JsonObject = {}, version?: string) =>
    engine.create({ blueprint: 'reader', name: 'front', inputs, version });
  const operation = ({ id }: Pick<Operation, 'id'>) =>
    engine.rooms.operations.get(id, MIRA);
  const given = (component = 'front') =>
    engine.driver.calls.findLast(call => call.component === component)?.with;
  const problems = (promise: Promise<unknown>) =>
    promise.then(
      () => [],
      error => problemsOf(error),
    );
  /** From now on the caller sees only what belongs to some. */
  const seesOnly = (...claims: string[]) => {
    engine.policy.byPermission = {
      [environmentReadPermission.name]: createEnvironmentConditionalDecision(
        environmentReadPermission,
        environmentConditions.isOwner({ claims }),
      ),
    };
  };
  const give = (name: string) =>
    engine.knex('environments').where({ name }).update({ owner_ref: PAYMENTS });
  async function destroy(name: string) {
    const { id } = await engine.rooms.environments.getByName(name, MIRA);
    await engine.submit(id, { kind: 'destroy' });
    await engine.work();
  }

  return {
    get engine() {
      return engine;
    },
    /** Of the caller. */
    groups,
    create,
    operation,
    /** What a component was last applied with. */
    given,
    problems,
    seesOnly,
    /** Passes one to others. */
    give,
    destroy,
  };
}
