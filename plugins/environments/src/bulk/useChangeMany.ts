import { useApi } from '@backstage/frontend-plugin-api';
import { BulkItem, BulkRequest } from '@greenroom/plugin-environments-common';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { environmentsApiRef } from '../api';
import { createKey } from '../data/createKey';
import { keys } from '../data/keys';

/** So many in one request; between them the page says how far it is. */
const CHUNK = 25;

/** What a request would do to each. */
export function useBulkPreview(request: BulkRequest, enabled: boolean) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.bulk(request),
    queryFn: ({ signal }) =>
      api.changeEnvironments({ ...request, dryRun: true }, { signal }),
    enabled,
    staleTime: Infinity,
  });
}

/** Does it, some at a time. Pressing again after a lost answer does nothing twice. */
export function useChangeMany() {
  const api = useApi(environmentsApiRef);
  const client = useQueryClient();
  const [key] = useState(createKey);
  const [items, setItems] = useState<BulkItem[]>([]);
  const change = useMutation({
    mutationFn: async ({
      request,
      ids,
    }: {
      request: Omit<BulkRequest, 'ids' | 'filter'>;
      ids: string[];
    }) => {
      const done: BulkItem[] = [];
      for (let from = 0; from < ids.length; from += CHUNK) {
        const chunk = ids.slice(from, from + CHUNK);
        const outcome = await api.changeEnvironments(
          { ...request, ids: chunk, count: chunk.length },
          { idempotencyKey: `${key}-${from}` },
        );
        done.push(...outcome.items);
        setItems([...done]);
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.live }),
  });
  return { change, items };
}
