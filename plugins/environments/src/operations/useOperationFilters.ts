import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  OperationFilters,
  readOperationFilters,
  writeOperationFilters,
} from './filters';

/** The filters of the address, and how to change them. */
export function useOperationFilters() {
  const [parameters, setParameters] = useSearchParams();
  const filters = useMemo(() => readOperationFilters(parameters), [parameters]);
  const setFilters = useCallback(
    (next: OperationFilters, options?: { replace: boolean }) =>
      setParameters(before => writeOperationFilters(before, next), options),
    [setParameters],
  );
  return { filters, setFilters };
}

export type SetOperationFilters = ReturnType<
  typeof useOperationFilters
>['setFilters'];
