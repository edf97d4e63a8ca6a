import { useApi } from '@backstage/frontend-plugin-api';
import {
  CreateEnvironmentRequest,
  EstimatedCost,
  Problem,
  ProblemsError,
} from '@greenroom/plugin-environments-common';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { environmentsApiRef } from '../api';
import { createKey } from '../data/createKey';

/** How long typing must rest before the server is asked. */
const SETTLE_MS = 500;

export interface DryRun {
  /** What the server has against exactly this request; empty while that is not known. */
  problems: Problem[];
  /** What it would do anyway, and tell about. */
  warnings: Problem[];
  /** By the estimate of the blueprint's author; absent: they made none, or it is not known yet. */
  cost?: EstimatedCost;
  state: 'incomplete' | 'checking' | 'fine' | 'refused' | 'unknown';
}

/** Asks the server what it would say to the request, while it is being written. */
export function useDryRun(
  request: CreateEnvironmentRequest,
  complete: boolean,
): DryRun {
  const api = useApi(environmentsApiRef);
  const settled = useSettled(request, SETTLE_MS);
  const current = settled === request;
  const check = useQuery({
    queryKey: ['environments', 'dryRun', settled],
    queryFn: ({ signal }) =>
      api.createEnvironment(
        { ...settled, dryRun: true },
        { signal, idempotencyKey: createKey() },
      ),
    enabled: complete && current,
    retry: false,
    refetchOnWindowFocus: false,
  });

  const nothing = { problems: [], warnings: [] };
  if (!complete) return { ...nothing, state: 'incomplete' };
  if (!current || check.isPending) return { ...nothing, state: 'checking' };
  if (check.isSuccess) {
    const { warnings = [], cost } = check.data;
    return { ...nothing, warnings, cost, state: 'fine' };
  }
  return check.error instanceof ProblemsError && check.error.status < 500
    ? { ...nothing, problems: check.error.problems, state: 'refused' }
    : { ...nothing, state: 'unknown' };
}

function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
