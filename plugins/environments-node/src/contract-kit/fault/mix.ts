import { createHash } from 'node:crypto';
import {
  breaks,
  dies,
  fails,
  FaultAction,
  FaultBehaviour,
  FaultCall,
  hangs,
  inOrder,
  makes,
  printsMany,
} from './behaviours';

/** How often what goes wrong: probabilities from 0 to 1, absent ones are 0. */
export interface FaultMix {
  /** The same seed gives the same faults to the same calls. */
  seed: number;
  fails?: number;
  /** An apply makes something, then fails. */
  failsHalfway?: number;
  breaks?: number;
  /** Until it is aborted. */
  hangs?: number;
  /** Its process is killed. */
  dies?: number;
  /** An apply makes something, then its process is killed. */
  diesHalfway?: number;
  /** A thousand lines at once. */
  prints?: number;
  /** How long a call takes, from and to. */
  takesMs?: [number, number];
}

const half = makes('fault_thing.half');
const FAULTS: {
  name: keyof FaultMix & string;
  behaviour: FaultBehaviour;
  actions: FaultAction[];
}[] = [
  {
    name: 'fails',
    behaviour: fails(),
    actions: ['plan', 'apply', 'destroy', 'prove'],
  },
  {
    name: 'failsHalfway',
    behaviour: inOrder(half, fails()),
    actions: ['apply'],
  },
  {
    name: 'breaks',
    behaviour: breaks(new Error('A bug in the driver, by chance')),
    actions: ['plan', 'apply', 'destroy', 'prove'],
  },
  {
    name: 'hangs',
    behaviour: hangs(),
    actions: ['plan', 'apply', 'destroy', 'prove'],
  },
  {
    name: 'dies',
    behaviour: dies(),
    actions: ['plan', 'apply', 'destroy', 'prove'],
  },
  { name: 'diesHalfway', behaviour: inOrder(half, dies()), actions: ['apply'] },
];

/**
 * Faults by chance, for `every` of a FaultDriver. What happens to a call depends on nothing but
 * the seed, the environment's name, the component, the action and the attempt: not on time, not
 * on the process, not on what else goes on.
 */
export function mixed(mix: FaultMix): FaultBehaviour {
  return async call => {
    const chance = (what: string) => chanceOf(mix.seed, call, what);
    const [from, to] = mix.takesMs ?? [0, 0];
    const ms = Math.round(from + chance('takesMs') * (to - from));
    if (ms > 0) await call.sleep(ms);
    if (chance('prints') < (mix.prints ?? 0)) await printsMany(1000)(call);
    for (const { name, behaviour, actions } of FAULTS) {
      const probability = mix[name];
      if (typeof probability !== 'number' || !actions.includes(call.action))
        continue;
      if (chance(name) < probability) await behaviour(call);
    }
  };
}

/** From 0 to 1, the same for the same call. */
function chanceOf(
  seed: number,
  { context, action, attempt }: FaultCall,
  what: string,
): number {
  const { environment, component } = context;
  const bytes = createHash('sha256')
    .update(
      JSON.stringify([
        seed,
        environment.name,
        component.id,
        action,
        attempt,
        what,
      ]),
    )
    .digest();
  return bytes.readUIntBE(0, 6) / 2 ** 48;
}
