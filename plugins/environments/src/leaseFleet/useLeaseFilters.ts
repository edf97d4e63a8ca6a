import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { LeaseFilters, readLeaseFilters, writeLeaseFilters } from './filters';

/** The filters of the address, and how to change them. */
export function useLeaseFilters() {
  const [parameters, setParameters] = useSearchParams();
  const filters = useMemo(() => readLeaseFilters(parameters), [parameters]);
  const setFilters = useCallback(
    (next: LeaseFilters, options?: { replace: boolean }) =>
      setParameters(writeLeaseFilters(next), options),
    [setParameters],
  );
  return { filters, setFilters };
}

export type SetLeaseFilters = ReturnType<typeof useLeaseFilters>['setFilters'];
