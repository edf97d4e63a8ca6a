import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Filters, readFilters, writeFilters } from './filters';

/** The filters of the address, and how to change them. */
export function useFilters() {
  const [parameters, setParameters] = useSearchParams();
  const filters = useMemo(() => readFilters(parameters), [parameters]);
  const setFilters = useCallback(
    (next: Filters, options?: { replace: boolean }) =>
      setParameters(writeFilters(next), options),
    [setParameters],
  );
  return { filters, setFilters };
}

export type SetFilters = ReturnType<typeof useFilters>['setFilters'];
