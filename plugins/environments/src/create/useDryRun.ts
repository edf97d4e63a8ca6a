import { useApi } from '@backstage/frontend-plugin-api';
import {
  CreateEnvironmentRequest,
  Problem,
  ProblemsError,
} from '@greenroom/plugin-environments-common';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { environmentsApiRef } from '../api';

/** How long typing must rest before the server is asked. */
const SETTLE_MS = 500;

export interface DryRun {
  /** What the server has against exactly this request; empty while that is not known. */
  problems: Problem[];
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

  if (!complete) return { problems: [], state: 'incomplete' };
  if (!current || check.isPending) return { problems: [], state: 'checking' };
  if (check.isSuccess) return { problems: [], state: 'fine' };
  return check.error instanceof ProblemsError && check.error.status < 500
    ? { problems: check.error.problems, state: 'refused' }
    : { problems: [], state: 'unknown' };
}

/** A key that makes repeating a request harmless; also works where the page is not served securely. */
export function createKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
