import { closeAll, killAll } from './children.mjs';

/**
 * Turns Ctrl-C, SIGTERM and SIGHUP into an orderly end; a second one ends
 * the waiting for it.
 *
 * @returns `requested` (the signal, once it came) and `told`, a promise of it
 */
export function listenForSignals(say) {
  const state = { requested: undefined, told: undefined };
  state.told = new Promise(resolve => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(name, () => {
        if (state.requested) {
          killAll();
          return;
        }
        state.requested = name;
        say('Stopping …');
        closeAll();
        resolve(name);
      });
    }
  });
  return state;
}
