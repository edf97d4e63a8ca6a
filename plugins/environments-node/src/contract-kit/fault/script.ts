import { z } from 'zod';
import {
  JsonObject,
  JsonValue,
  Problem,
} from '@greenroom/plugin-environments-common';
import { DriverComponent, DriverOutput, DriverResource } from '../../driver';
import { DriverError } from '../../errors';
import {
  breaks,
  byAttempt,
  dies,
  FaultBehaviour,
  fails,
  hangs,
  hangsDeaf,
  inOrder,
  lies,
  makes,
  printsMany,
  strays,
  takes,
} from './behaviours';
import { FaultLiveScript } from './live';
import { FaultPlanning } from './planning';
import { FaultResource } from './world';

/** What a component does under a FaultDriver; what is absent goes well and at once. */
export interface FaultScript extends FaultPlanning {
  /** What `validate` answers. */
  problems?: Problem[];
  /** What `declaredOutputs` answers. */
  declares?: string[];
  /** What a whole apply makes; one `fault_thing` when absent, with what it was given as attributes. */
  resources?: (DriverResource & { attributes?: JsonObject })[];
  /** What a whole apply gives; a function sees the component's `with`. */
  outputs?:
    | Record<string, DriverOutput>
    | ((given: JsonObject) => Record<string, DriverOutput>);
  plan?: FaultBehaviour;
  apply?: FaultBehaviour;
  destroy?: FaultBehaviour;
  prove?: FaultBehaviour;
  /** Of what looks after the component between operations. */
  live?: FaultLiveScript;
}

/** What a component's `with.fault` can say an action does; with `-once` in its first attempt only. */
const WORDS: Record<string, FaultBehaviour> = {
  'goes-well': () => {},
  fails: fails(),
  'fails-halfway': inOrder(makes('fault_thing.half'), fails()),
  'loses-some': inOrder(strays('fault_thing.stray'), fails()),
  breaks: breaks(new Error('A bug in the driver, by its script')),
  hangs: hangs(),
  'hangs-deaf': hangsDeaf(),
  dies: dies(),
  'dies-halfway': inOrder(makes('fault_thing.half'), dies()),
  'repeats-effect': lies('repeat-effect'),
  'skips-effect': lies('skip-effect'),
  'claims-gone': lies('claim-gone'),
  'changes-hash': lies('change-hash'),
  'claims-no-changes': lies('claim-no-changes'),
};

const word = z
  .enum(Object.keys(WORDS).flatMap(one => [one, `${one}-once`]))
  .optional();

const fault = z.strictObject({
  plan: word,
  apply: word,
  destroy: word,
  prove: word,
  /** Each plan, apply and destroy takes so long. */
  takesMs: z.number().min(0).optional(),
  /** Each plan, apply and destroy prints so many lines. */
  prints: z.number().int().min(0).optional(),
  /** How many resources there are. */
  resources: z.number().int().min(0).optional(),
  outputs: z.record(z.string(), z.json()).optional(),
  /** Names of outputs and attributes that are secret. */
  sensitive: z.array(z.string()).optional(),
  replacedBy: z.array(z.string()).optional(),
});

/** The component's own script where there is one, and what its `with.fault` says for the rest. */
export function scriptOf(
  component: DriverComponent,
  own: FaultScript = {},
): FaultScript {
  const given = component.with.fault;
  if (given === undefined) return own;
  const { success, data, error } = fault.safeParse(given);
  if (!success) {
    throw new DriverError({
      code: 'fault.with',
      message: `The \`with.fault\` of component "${component.id}" says nothing that can be done: ${z.prettifyError(error)}`,
      component: component.id,
    });
  }
  const { takesMs = 0, prints = 0, sensitive = [], replacedBy = [] } = data;
  const behaviour = (name?: string, isWork = true) => {
    const usual = isWork
      ? [
          ...(takesMs > 0 ? [takes(takesMs)] : []),
          ...(prints > 0 ? [printsMany(prints)] : []),
        ]
      : [];
    return inOrder(...usual, ...(name ? [behaviourOf(name)] : []));
  };
  return {
    plan: behaviour(data.plan),
    apply: behaviour(data.apply),
    destroy: behaviour(data.destroy),
    prove: behaviour(data.prove, false),
    sensitive,
    replacedBy,
    ...(data.resources !== undefined && {
      resources: Array.from({ length: data.resources }, (_, index) => ({
        address: `fault_thing.${component.id}[${index}]`,
        type: 'fault_thing',
      })),
    }),
    outputs: Object.fromEntries(
      Object.entries(data.outputs ?? {}).map(([name, value]) => [
        name,
        { value: value as JsonValue, sensitive: sensitive.includes(name) },
      ]),
    ),
    ...own,
  };
}

function behaviourOf(name: string): FaultBehaviour {
  const isOnce = name.endsWith('-once');
  const behaviour = WORDS[isOnce ? name.slice(0, -'-once'.length) : name];
  return isOnce ? byAttempt(behaviour) : behaviour;
}

/** What a component is made of, as it should be. */
export function wantedOf(
  { id, paused, with: { fault: _fault, ...given } }: DriverComponent,
  { resources }: FaultScript,
): FaultResource[] {
  const things: FaultScript['resources'] = resources ?? [
    { address: `fault_thing.${id}`, type: 'fault_thing' },
  ];
  return things.map(({ attributes = given, ...resource }) => ({
    ...resource,
    attributes: { ...attributes, ...(paused && { paused }) },
  }));
}

export function outputsOf(
  component: DriverComponent,
  { outputs = {} }: FaultScript,
): Record<string, DriverOutput> {
  return typeof outputs === 'function' ? outputs(component.with) : outputs;
}
