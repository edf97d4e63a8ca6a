import {
  ArgocdApplication,
  ArgocdApplicationSpec,
  ArgocdManagedResource,
} from '@greenroom/plugin-argocd-node';
import {
  PlanPurpose,
  ResourceAction,
  ResourceChange,
} from '@greenroom/plugin-environments-common';
import { DriverPlan } from '@greenroom/plugin-environments-node';
import { ADOPTED_ANNOTATION } from '../application/adopted';
import { pinnedSpec, wantedApplication } from '../application/applicationSpec';
import { Located } from '../application/locate';
import { isNamespace, isSame, present } from '../application/resources';
import { Site } from '../application/site';
import { atRest } from '../apply/atRest';
import { changedOutputs } from '../outputs';
import { ComponentSpec } from '../spec/schema';
import {
  applicationChange,
  namespaceAdded,
  takenOver,
} from './applicationChange';
import { driftChanges, removal, syncChange } from './changes';
import { digest } from './digest';
import { foreignNamespace, refuseForeign } from './foreign';
import { markOf } from './mark';
import { Rehearsal } from './rehearsal';
import { SavedPlan } from './savedPlans';

/** A plan with what an apply of it needs. */
export interface Planned {
  plan: DriverPlan;
  saved: SavedPlan;
}

/** What it takes to make the component as it is declared. */
export async function planApply(
  { site, current: found }: Located,
  spec: ComponentSpec,
): Promise<Planned> {
  const current = await atRest(site, found);
  const wanted = wantedApplication(
    site.ref.name,
    withNamespace(spec, current),
    site.placement,
  );
  const { namespace, ownsNamespace } = wanted;
  return Rehearsal.run(site, wanted, async rehearsal => {
    const targets = await rehearsal.resources();
    refuseForeign(site, targets);
    const live = current ? present(await managed(site)) : [];
    const next = pinnedSpec(wanted, rehearsal.revisions, site.owner);
    const changes = [
      current && site.takesOver
        ? takenOver(current.spec, next, site.owner)
        : applicationChange(current?.spec, next),
      ...targets
        .filter(({ targetState }) => targetState)
        .map(one => syncChange(one, namespace)),
      ...live
        .filter(one => !isKept(one, namespace, targets))
        .map(one => removal(one, namespace, 'its source has it no longer')),
    ].filter(change => change !== undefined);
    if (changes.length > 0) {
      const makesNamespace =
        ownsNamespace && !live.some(one => isNamespace(one, namespace));
      const { namespaceIsNew } = await rehearsal.dryRun({
        createNamespace: makesNamespace,
      });
      if (makesNamespace && !namespaceIsNew)
        throw foreignNamespace(site, namespace);
      if (makesNamespace) changes.push(namespaceAdded(namespace, next));
    }
    const before = site.takesOver ? undefined : current;
    const outputs = changedOutputs({ changes, spec, current: before, next });
    const unfinished = current !== undefined && !endedWell(current);
    return planned('apply', {
      ...{ current, changes, outputs, unfinished },
      spec: next,
    });
  });
}

/** What is there and would go. */
export async function planDestroy({
  site,
  current,
}: Located): Promise<Planned> {
  if (!current) return planned('destroy', { changes: [], outputs: [] });
  const { namespace = '' } = current.spec.destination;
  const changes = [
    applicationChange(current.spec, undefined),
    ...present(await managed(site)).map(one => removal(one, namespace)),
  ].filter(change => change !== undefined);
  return planned('destroy', { current, changes, outputs: [] });
}

/** What is different from what was declared, and was not adopted before. */
export async function planAdopt({ site, current }: Located): Promise<Planned> {
  if (!current) return planned('adopt', { changes: [], outputs: [] });
  await site.client.refreshed(site.ref, 'normal', site.context.signal);
  const { namespace = '' } = current.spec.destination;
  const changes = driftChanges(await managed(site), namespace);
  const drift = digest(changes.map(({ address, digest: is }) => [address, is]));
  const known =
    changes.length === 0 ||
    current.metadata.annotations?.[ADOPTED_ANNOTATION] === drift;
  return planned('adopt', {
    current,
    changes: known ? [] : changes,
    outputs: [],
    drift,
  });
}

/** What is taken over stays where it is. */
function withNamespace(
  spec: ComponentSpec,
  current: ArgocdApplication | undefined,
): ComponentSpec {
  if (!spec.takeOver || spec.namespace) return spec;
  return { ...spec, namespace: current?.spec.destination.namespace };
}

/** Whether the last sync ended as it should. */
function endedWell({ status }: ArgocdApplication): boolean {
  const phase = status.operationState?.phase;
  return status.history.length > 0 && phase !== 'Failed' && phase !== 'Error';
}

/** Whether a resource that is there belongs to the component afterwards, too. */
function isKept(
  one: ArgocdManagedResource,
  namespace: string,
  targets: ArgocdManagedResource[],
): boolean {
  return (
    isNamespace(one, namespace) ||
    targets.some(target => target.targetState && isSame(one, target))
  );
}

async function managed({ client, ref, context }: Site) {
  return client.managedResources(ref, {}, context.signal);
}

function planned(
  purpose: PlanPurpose,
  found: {
    current?: ArgocdApplication;
    changes: ResourceChange[];
    outputs: string[];
    spec?: ArgocdApplicationSpec;
    drift?: string;
    /** There is something to do, though nothing of it is a change: hooks have to run to their end. */
    unfinished?: boolean;
  },
): Planned {
  const { current, outputs, spec, drift, unfinished = false } = found;
  const changes = found.changes.sort((a, b) =>
    a.address < b.address ? -1 : 1,
  );
  const count = (action: ResourceAction) =>
    changes.filter(change => change.action === action).length;
  const hasChanges = changes.length > 0 || unfinished;
  const hash = digest([
    purpose,
    spec,
    drift,
    unfinished,
    changes.map(({ address, action, digest: is }) => [address, action, is]),
  ]);
  return {
    plan: {
      summary: {
        add: count('add'),
        change: count('change'),
        remove: count('remove'),
      },
      changes,
      hash,
      hasChanges,
      changedOutputs: hasChanges ? outputs : [],
    },
    saved: {
      purpose,
      hash,
      mark: markOf(current),
      hasChanges,
      changes: changes.map(({ address, action }) => ({ address, action })),
      ...(hasChanges && { spec }),
      ...(drift && { drift }),
    },
  };
}
