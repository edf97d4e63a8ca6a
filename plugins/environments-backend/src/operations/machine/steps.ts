import {
  OperationKind,
  PlanPurpose,
  StepAction,
} from '@greenroom/plugin-environments-common';

/** A component as the order of steps needs to know it. */
export interface GraphNode {
  id: string;
  /** Ids of the components whose outputs it takes. */
  uses: string[];
  /** It does something when the environment is paused. */
  pausable: boolean;
}

export interface StepDraft {
  component: string;
  action: StepAction;
  purpose?: PlanPurpose;
  /** Positions of the steps that must succeed first. */
  after: number[];
}

export interface StepsRequest {
  kind: OperationKind;
  dryRun: boolean;
  /** What is to be there in the end, each following what it uses. */
  wanted: GraphNode[];
  /** What may exist now, as it was made, each following what it uses. */
  existing: GraphNode[];
}

class StepList {
  readonly drafts: StepDraft[] = [];
  readonly #last = new Map<string, number>();

  add(
    component: string,
    action: StepAction,
    after: number[],
    purpose?: PlanPurpose,
  ): void {
    this.#last.set(component, this.drafts.length);
    this.drafts.push({
      component,
      action,
      ...(purpose && { purpose }),
      after: [...new Set(after)].sort((a, b) => a - b),
    });
  }

  /** Positions of the last steps so far of those components that have any. */
  lastOf(components: string[]): number[] {
    return components.flatMap(id => this.#last.get(id) ?? []);
  }

  /** A plan then waits for the plans of what it would have waited for. */
  plansAlone(): StepDraft[] {
    const kept = this.drafts.filter(step => step.action === 'plan');
    const planOf = (component: string) =>
      kept.findIndex(step => step.component === component);
    return kept.map(step => ({
      ...step,
      after: step.after.map(index => planOf(this.drafts[index].component)),
    }));
  }
}

/**
 * The steps of an operation, in an order in which each follows what it waits for.
 *
 * - What is wanted is planned, then applied; a plan waits for the apply of whatever the component
 *   uses, since it needs those outputs.
 * - What exists and is not wanted is planned, destroyed, then proven gone; nothing is removed
 *   while something that used it may still be there or still point to it.
 * - A pause goes against the graph, from what is used by nobody to what all use.
 * - A dry run is the plans alone.
 */
export function planSteps(request: StepsRequest): StepDraft[] {
  const steps = new StepList();
  const { wanted, existing } = request;
  switch (request.kind) {
    case 'create':
    case 'update':
    case 'upgrade':
    case 'remediate':
    case 'resume':
      addChanges(steps, wanted, 'apply');
      addRemovals(steps, wanted, existing);
      break;
    case 'adopt':
      addChanges(steps, existing, 'adopt');
      break;
    case 'pause':
      addPauses(steps, existing);
      break;
    case 'destroy':
      addRemovals(steps, [], existing);
      break;
    default:
      assertNever(request.kind);
  }
  return request.dryRun ? steps.plansAlone() : steps.drafts;
}

function addChanges(
  steps: StepList,
  nodes: GraphNode[],
  purpose: PlanPurpose,
): void {
  for (const { id, uses } of nodes) {
    steps.add(id, 'plan', steps.lastOf(uses), purpose);
    steps.add(id, 'apply', steps.lastOf([id]));
  }
}

function addPauses(steps: StepList, existing: GraphNode[]): void {
  for (const node of [...existing].reverse()) {
    if (!node.pausable) continue;
    const users = usersOf(node.id, existing);
    steps.add(node.id, 'plan', steps.lastOf(users), 'apply');
    steps.add(node.id, 'apply', steps.lastOf([node.id]));
  }
}

function addRemovals(
  steps: StepList,
  wanted: GraphNode[],
  existing: GraphNode[],
): void {
  const stays = new Set(wanted.map(node => node.id));
  const unwanted = existing.filter(node => !stays.has(node.id));
  for (const { id } of [...unwanted].reverse()) {
    const users = steps.lastOf(usersOf(id, existing));
    steps.add(id, 'plan', [], 'destroy');
    steps.add(id, 'destroy', [...steps.lastOf([id]), ...users]);
    steps.add(id, 'prove', steps.lastOf([id]));
  }
}

/** Whatever draws on a component, near or far. */
function usersOf(id: string, nodes: GraphNode[]): string[] {
  const users = new Set<string>();
  for (const node of nodes) {
    if (node.uses.some(used => used === id || users.has(used))) {
      users.add(node.id);
    }
  }
  return [...users];
}

function assertNever(kind: never): never {
  throw new Error(`Unknown operation kind ${JSON.stringify(kind)}`);
}
