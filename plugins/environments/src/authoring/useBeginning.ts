import { useApi } from '@backstage/frontend-plugin-api';
import { BlueprintSource } from '@greenroom/plugin-environments-common';
import { useQuery } from '@tanstack/react-query';
import { environmentsApiRef } from '../api';
import { keys } from '../data/keys';
import { useBlueprint } from '../data/queries';
import { raised } from './nextVersion';
import { starter } from './starter';

/** What one begins to write from: a version of the blueprint, or a small one that is right. */
export function useBeginning(name: string | undefined, asked: string | null) {
  const api = useApi(environmentsApiRef);
  const blueprint = useBlueprint(name);
  const list = blueprint.data?.versionList ?? [];
  const summary =
    list.find(({ version }) => version === asked) ??
    list.find(
      ({ version }) => version === blueprint.data?.recommendedVersion,
    ) ??
    list[0];
  const version = summary?.version;
  const source = useQuery({
    queryKey: keys.blueprintSource(name ?? '', version ?? ''),
    queryFn: ({ signal }): Promise<BlueprintSource> =>
      name === undefined
        ? Promise.resolve(starter())
        : api.getBlueprintSource(name, version ?? '', { signal }),
    enabled: name === undefined || version !== undefined,
    // What somebody writes in must not change below their hands.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  return {
    title: blueprint.data?.title,
    version,
    source:
      source.data && summary
        ? raised(
            source.data,
            summary,
            list.map(one => one.version),
          )
        : source.data,
    isEmpty: blueprint.data !== undefined && list.length === 0,
    error: blueprint.error ?? source.error,
    retry: () => {
      if (name !== undefined) blueprint.refetch();
      if (source.isError) source.refetch();
    },
  };
}
