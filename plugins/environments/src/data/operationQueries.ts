import { useApi } from '@backstage/frontend-plugin-api';
import {
  EnvironmentsApi,
  ListOperationsQuery,
  Operation,
} from '@greenroom/plugin-environments-common';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { environmentsApiRef } from '../api';
import { keys } from './keys';
import { isOperationUnfinished, paceOf } from './pace';

const LARGEST_PAGE = 100;

export function useOperations(query: ListOperationsQuery) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.operations(query),
    queryFn: ({ signal }) => api.listOperations(query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      paceOf(
        state.data?.items.some(one => isOperationUnfinished(one.state)) ??
          false,
      ),
  });
}

/** The id behind a number within an environment; null when there is no such operation. */
export function useOperationId(
  environmentId: string | undefined,
  number: number,
) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.operationNumber(environmentId ?? '', number),
    queryFn: ({ signal }) =>
      findOperationId(api, environmentId ?? '', number, signal),
    enabled: environmentId !== undefined,
    // What was found stays; what was not may come to be.
    staleTime: ({ state }) => (state.data ? Infinity : 0),
  });
}

/** Numbers grow by one, so the newest ones are on the first page, where nearly everybody looks. */
async function findOperationId(
  api: EnvironmentsApi,
  environmentId: string,
  number: number,
  signal: AbortSignal,
): Promise<string | null> {
  let cursor: string | undefined;
  do {
    const page = await api.listOperations(
      { environmentId, cursor, limit: LARGEST_PAGE },
      { signal },
    );
    const found = page.items.find(one => one.number === number);
    if (found) return found.id;
    cursor = page.nextCursor;
  } while (cursor);
  return null;
}

export function useOperation(id: string | undefined) {
  const api = useApi(environmentsApiRef);
  return useQuery({
    queryKey: keys.operation(id ?? ''),
    queryFn: ({ signal }) => api.getOperation(id ?? '', { signal }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) =>
      state.data && !isOperationUnfinished(state.data.state)
        ? false
        : paceOf(true),
  });
}

/** Read again whenever a plan step may have ended since. */
export function useOperationPlan(
  operation: Pick<Operation, 'id' | 'state' | 'steps'> | undefined,
) {
  const api = useApi(environmentsApiRef);
  const id = operation?.id ?? '';
  return useQuery({
    queryKey: [...keys.plan(id), operation && planProgress(operation)],
    queryFn: ({ signal }) => api.getOperationPlan(id, { signal }),
    enabled: operation !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** Changes exactly when the plan may have: a step's plan comes with its summary. */
function planProgress({ state, steps }: Pick<Operation, 'state' | 'steps'>) {
  const planned = steps
    .filter(step => step.plan || step.deferredBy?.length)
    .map(step => `${step.id} ${step.attempt}`);
  return [state, ...planned].join('|');
}
