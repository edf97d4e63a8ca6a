import { isDeepStrictEqual } from 'node:util';
import { Compared } from './compare';
import { Manifest } from './manifest';

const MASK = '++++++++';

/** Both sides of a diff as they are answered: texts, and the values of Secrets hidden. */
export function managedResources(compared: Compared[]) {
  return compared.map(({ id, target, live, predicted, modified }) => {
    const same = isDeepStrictEqual(live?.data, predicted?.data);
    return {
      ...id,
      targetState: text(target),
      liveState: text(live),
      normalizedLiveState: text(live),
      predictedLiveState: text(predicted, live && !same ? '+++++++++' : MASK),
      ...((modified || !live) && { modified: true }),
    };
  });
}

function text(state: Manifest | undefined, mask = MASK): string {
  return JSON.stringify(state ? hidden(state, mask) : null);
}

function hidden(state: Manifest, mask: string): Manifest {
  if (state.kind !== 'Secret' || !state.data) return state;
  const keys = Object.keys(state.data);
  return { ...state, data: Object.fromEntries(keys.map(key => [key, mask])) };
}
