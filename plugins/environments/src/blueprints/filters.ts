import { BlueprintSummary } from '@greenroom/plugin-environments-common';
import { entityName } from '../entity/names';

/** What the cards are narrowed by; lives in the address. */
export interface BlueprintFilters {
  search: string;
  type: string[];
  owner: string[];
  tag: string[];
}

const LISTS = ['type', 'owner', 'tag'] as const;

export function readBlueprintFilters(
  parameters: URLSearchParams,
): BlueprintFilters {
  return {
    search: parameters.get('q') ?? '',
    type: parameters.getAll('type'),
    owner: parameters.getAll('owner'),
    tag: parameters.getAll('tag'),
  };
}

export function writeBlueprintFilters(
  filters: BlueprintFilters,
): URLSearchParams {
  const parameters = new URLSearchParams();
  if (filters.search) parameters.set('q', filters.search);
  for (const name of LISTS) {
    for (const value of filters[name]) parameters.append(name, value);
  }
  return parameters;
}

/** How many filters narrow the cards, the search left out. */
export function countBlueprintFilters(filters: BlueprintFilters): number {
  return LISTS.filter(name => filters[name].length > 0).length;
}

/** Blueprints are few enough to come all at once, so what is searched for by the server is narrowed here. */
export function filterBlueprints(
  blueprints: BlueprintSummary[],
  { type, owner, tag }: BlueprintFilters,
): BlueprintSummary[] {
  const holds = (wanted: string[], values: string[]) =>
    wanted.length === 0 || values.some(value => wanted.includes(value));
  return blueprints.filter(
    one =>
      holds(type, [one.type]) &&
      holds(owner, [one.owner]) &&
      holds(tag, one.tags),
  );
}

/** What there is to choose from, and what is chosen though there is none of it any more. */
export function filterOptions(
  blueprints: BlueprintSummary[],
  filters: BlueprintFilters,
): Record<(typeof LISTS)[number], { id: string; label: string }[]> {
  const optionsOf = (
    values: string[],
    chosen: string[],
    label = (value: string) => value,
  ) =>
    [...new Set([...values, ...chosen])]
      .map(id => ({ id, label: label(id) }))
      .sort((a, b) => a.label.localeCompare(b.label));
  return {
    type: optionsOf(
      blueprints.map(one => one.type),
      filters.type,
    ),
    owner: optionsOf(
      blueprints.map(one => one.owner),
      filters.owner,
      entityName,
    ),
    tag: optionsOf(
      blueprints.flatMap(one => one.tags),
      filters.tag,
    ),
  };
}
