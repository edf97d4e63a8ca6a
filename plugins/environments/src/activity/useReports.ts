import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Environment,
  environmentUpdatePermission,
  PORTAL_ACTIVITY,
} from '@greenroom/plugin-environments-common';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { environmentsApiRef } from '../api';
import { keys } from '../data/keys';

/** A person who clicks a lot is told of once. */
const TOLD_EVERY_MS = 5 * 60_000;

/** When the use of each environment was told by this browser's page last. */
const told = new Map<string, number>();

/** Whether what the caller does with an environment counts as its use. */
export function useCounts({ id, idle, state }: Environment): boolean {
  const { allowed } = usePermission({
    permission: environmentUpdatePermission,
    resourceRef: id,
  });
  return idle !== undefined && state !== 'paused' && allowed;
}

/**
 * Tells that the environment is used: by what is given, at most every five minutes; by a button of
 * its own, at once.
 */
export function useReport(environment: Environment) {
  const { id } = environment;
  const api = useApi(environmentsApiRef);
  const client = useQueryClient();
  const counts = useCounts(environment);
  return useCallback(
    async ({ note, atOnce = false }: { note: string; atOnce?: boolean }) => {
      if (!counts) return;
      const last = told.get(id) ?? 0;
      if (!atOnce && Date.now() - last < TOLD_EVERY_MS) return;
      told.set(id, Date.now());
      await api.activity.report(id, { source: PORTAL_ACTIVITY, note });
      await client.invalidateQueries({ queryKey: keys.live });
    },
    [api, client, counts, id],
  );
}

/** Whoever opens the page of an environment, or comes back to it, uses it. */
export function useOpenPage(environment: Environment): void {
  const report = useReport(environment);
  useEffect(() => {
    const tell = () => {
      if (document.visibilityState !== 'visible') return;
      // Nobody waits for it; the page says itself what is known.
      report({ note: 'page opened' }).catch(() => {});
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [report]);
}
