import { FaultEntry } from './world';

/** Something that must not be in a journal. */
export interface FaultFinding {
  environmentId: string;
  component: string;
  what: string;
}

/** Plans that were carried out by more than one call: none, as long as promises are kept. */
export function doubledEffects(journal: FaultEntry[]): FaultFinding[] {
  const byPlan = new Map<string, FaultEntry[]>();
  for (const entry of journal) {
    const { plan } = entry.effect ?? {};
    if (plan) byPlan.set(plan, [...(byPlan.get(plan) ?? []), entry]);
  }
  return [...byPlan].flatMap(([plan, entries]) => {
    const calls = new Set(entries.map(({ call }) => call));
    if (calls.size < 2) return [];
    const [{ environmentId, component }] = entries;
    const what = `plan ${plan} was carried out ${calls.size} times`;
    return [{ environmentId, component, what }];
  });
}

/** Effects of a fence after a newer one of the same operation was there. */
export function lateEffects(journal: FaultEntry[]): FaultFinding[] {
  const newest = new Map<string, number>();
  return journal.flatMap(entry => {
    const { environmentId, component, operationId, fence, effect } = entry;
    const key = `${environmentId}/${component}/${operationId}`;
    const seen = newest.get(key) ?? 0;
    newest.set(key, Math.max(seen, fence));
    if (!effect || fence >= seen) return [];
    const what = `operation ${operationId} ${effect.kind} with fence ${fence} after ${seen}`;
    return [{ environmentId, component, what }];
  });
}
