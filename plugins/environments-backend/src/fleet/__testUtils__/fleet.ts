import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  FleetEnvironment,
  FleetMove,
  FleetUpgrade,
  FleetUpgradeRequest,
} from '@greenroom/plugin-environments-common';
import { MIRA, TestEngine } from '../../testing/engine';

/** One component, which fails once it is upgraded where its input says so. */
export const FLEET_BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: fleet, title: Fleet}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs:
    type: object
    properties:
      breaks: {type: boolean, default: false}
  components:
    site: {driver: fault, source: ./site, with: {color: red}}
  outputs: {}
  ttl: {default: 48h, warnBefore: [1h]}
`;

const [head, tail] = FLEET_BLUEPRINT.replace('1.0.0', '2.0.0').split(
  '{color: red}',
);
export const FLEET_BLUEPRINT_2 = `${head}{color: blue, fault: {apply: '\${{ inputs.breaks ? "fails" : "goes-well" }}'}}${tail}`;

/** An engine with environments on the first version, and a second one to upgrade them to. */
export async function furnishFleet(
  engine: TestEngine,
  environments: { name: string; breaks?: boolean }[],
) {
  await engine.blueprints.publish(FLEET_BLUEPRINT);
  const ids = new Map<string, string>();
  for (const { name, breaks = false } of environments) {
    const made = await engine.create({
      name,
      blueprint: 'fleet',
      inputs: { breaks },
    });
    ids.set(name, made.environment.id);
  }
  await engine.work();
  await engine.blueprints.publish(FLEET_BLUEPRINT_2);
  const { fleet, fleetSweep } = engine.rooms;

  const request = (
    part: Partial<FleetUpgradeRequest> = {},
  ): FleetUpgradeRequest => ({
    selection: { blueprint: 'fleet' },
    reason: 'the second is better',
    ...part,
  });
  const get = (id: string) => fleet.get(id, MIRA);
  const all = async (id: string): Promise<FleetEnvironment[]> => {
    const page = await fleet.environments(id, { limit: 100 }, MIRA);
    return page.items;
  };
  /** What is due now: operations that have ended are seen, others begin. */
  const tick = () => {
    engine.clock.advance(2);
    return fleetSweep.tick(engine.clock.now());
  };
  return {
    ids,
    request,
    get,
    all,
    tick,
    create: (
      part: Partial<FleetUpgradeRequest> = {},
      credentials: BackstageCredentials = MIRA,
    ) => fleet.create(request(part), credentials),
    move: (id: string, move: FleetMove['move']) =>
      fleet.move(id, move, { reason: 'we looked at it' }, MIRA),
    /** One after the other until nothing happens any more, or as it should be. */
    async run(
      id: string,
      until: (upgrade: FleetUpgrade) => boolean = () => false,
    ): Promise<FleetUpgrade> {
      for (;;) {
        const upgrade = await get(id);
        if (until(upgrade)) return upgrade;
        const seen = await tick();
        if (seen === 0) return get(id);
        await engine.work();
      }
    },
    /** State of each environment by its name. */
    async states(id: string): Promise<Record<string, string>> {
      const items = await all(id);
      return Object.fromEntries(
        items.map(({ name, state, problem }) => [
          name,
          state === 'set-aside' ? problem!.code : state,
        ]),
      );
    },
    /** Upgrades that were asked for, by the name of their environment. */
    async upgrades(): Promise<string[]> {
      return engine
        .knex('operations as o')
        .join('environments as e', 'e.id', 'o.environment_id')
        .where({ 'o.kind': 'upgrade', 'o.dry_run': false })
        .orderBy('e.name')
        .pluck('e.name');
    },
  };
}

export type Fleet = Awaited<ReturnType<typeof furnishFleet>>;
