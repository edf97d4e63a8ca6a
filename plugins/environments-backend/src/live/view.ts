import {
  LiveComponent,
  LiveDetail,
  LiveHistoryEntry,
  LiveOperation,
  LiveResource,
} from '@greenroom/plugin-environments-common';
import {
  DriverInspection,
  DriverSighting,
} from '@greenroom/plugin-environments-node';
import { ComponentRecord } from '../environments/types';
import { Mask } from '../operations/run/mask';
import { recordChange } from '../operations/steps/planRecord';

type Whose = Pick<ComponentRecord, 'id' | 'driver'>;

/** How a component stands, in the fields that we know and without what is secret. */
export function toLiveComponent(
  { id, driver }: Whose,
  found: Omit<DriverSighting, 'target'>,
  mask: Mask,
): LiveComponent {
  const { name, url, sync, health, message, revision, selfHeals } = found;
  return {
    component: id,
    driver,
    name: mask.apply(name),
    url: masked(mask, url),
    sync,
    health,
    message: masked(mask, message),
    revision: masked(mask, revision),
    selfHeals,
  };
}

export function toLiveDetail(
  whose: Whose,
  found: DriverInspection,
  mask: Mask,
): LiveDetail {
  const { resources, orphaned, omittedResources, changes, history } = found;
  return {
    ...toLiveComponent(whose, found, mask),
    resources: resources.map(one => toResource(one, mask)),
    orphaned: orphaned.map(one => toResource(one, mask)),
    omittedResources,
    changes: changes.map(change => recordChange(change, mask)),
    history: history.map(entry => toHistoryEntry(entry, mask)),
    operation: found.operation && toOperation(found.operation, mask),
  };
}

function toResource(resource: LiveResource, mask: Mask): LiveResource {
  const { id, parentId, group, kind, namespace, name } = resource;
  const { sync, health, message, images, createdAt } = resource;
  return {
    id,
    parentId,
    group,
    kind,
    namespace: masked(mask, namespace),
    name: mask.apply(name),
    sync,
    health,
    message: masked(mask, message),
    images: images.map(image => mask.apply(image)),
    createdAt,
  };
}

function toHistoryEntry(
  { id, revision, deployedAt, source }: LiveHistoryEntry,
  mask: Mask,
): LiveHistoryEntry {
  return {
    id,
    revision: mask.apply(revision),
    deployedAt,
    source: masked(mask, source),
  };
}

function toOperation(
  { phase, message, startedAt, finishedAt, by, revision }: LiveOperation,
  mask: Mask,
): LiveOperation {
  return {
    phase,
    message: mask.apply(message),
    startedAt,
    finishedAt,
    by,
    revision: masked(mask, revision),
  };
}

function masked(mask: Mask, text: string | undefined): string | undefined {
  return text === undefined ? undefined : mask.apply(text);
}
