import {
  ComponentNode,
  OperationKind,
} from '@greenroom/plugin-environments-common';
import { ComponentRecord } from '../../environments/types';
import { DriverChangedError, NothingToPauseError } from '../errors';
import { GraphNode, planSteps, StepDraft } from '../machine/steps';

export interface DraftRequest {
  kind: OperationKind;
  dryRun: boolean;
  /** Of the version and inputs that the operation is to bring about; see `declaration.ts`. */
  wanted: ComponentNode[];
  components: ComponentRecord[];
}

/** What an operation is going to do, and with what. */
export interface OperationDraft {
  steps: StepDraft[];
  /** Ids of the components that it touches. */
  components: string[];
  drivers: string[];
}

/**
 * @throws DriverChangedError when a component that exists was made by another driver
 * @throws NothingToPauseError
 */
export function draftOperation(request: DraftRequest): OperationDraft {
  const { kind, dryRun, wanted, components } = request;
  const existing = components.filter(mayExist);
  const driverOf = new Map(
    [...wanted, ...existing].map(({ id, driver }) => [id, driver]),
  );
  requireSameDrivers(wanted, existing);
  const steps = planSteps({
    kind,
    dryRun,
    wanted: wanted.map(({ id, uses, pausable }) => ({
      id,
      uses: uses.map(use => use.component),
      pausable,
    })),
    existing: existingGraph(
      // Neither is known how to make otherwise what the blueprint does not name.
      kind === 'pause' || kind === 'adopt'
        ? existing.filter(({ id }) => wanted.some(node => node.id === id))
        : existing,
    ),
  });
  if (kind === 'pause' && steps.length === 0) throw new NothingToPauseError();
  const touched = [...new Set(steps.map(({ component }) => component))];
  return {
    steps,
    components: touched,
    drivers: [...new Set(touched.map(id => driverOf.get(id)!))].sort(),
  };
}

/** Components of which something may exist, each following whatever it may point to. */
export function existingGraph(
  components: Pick<ComponentRecord, 'id' | 'madeFrom' | 'pausable'>[],
): GraphNode[] {
  const byId = new Map(components.map(each => [each.id, each]));
  const ordered = new Map<string, GraphNode>();
  const visited = new Set<string>();
  const visit = (id: string) => {
    const component = byId.get(id);
    // Versions that were half applied one after the other may even point at each other in a circle.
    if (!component || visited.has(id)) return;
    visited.add(id);
    const uses = [...new Set(component.madeFrom)].filter(used =>
      byId.has(used),
    );
    uses.forEach(visit);
    ordered.set(id, { id, uses, pausable: component.pausable });
  };
  components.forEach(({ id }) => visit(id));
  return [...ordered.values()];
}

export function mayExist({
  applyBegun,
  state,
}: Pick<ComponentRecord, 'applyBegun' | 'state'>): boolean {
  return applyBegun && state !== 'gone' && state !== 'absent';
}

function requireSameDrivers(
  wanted: ComponentNode[],
  existing: ComponentRecord[],
): void {
  const changes = wanted.flatMap(({ id, driver }) => {
    const made = existing.find(each => each.id === id);
    return made && made.driver !== driver
      ? [{ component: id, madeBy: made.driver, wanted: driver }]
      : [];
  });
  if (changes.length > 0) throw new DriverChangedError(changes);
}
