import { useSignal } from '@backstage/plugin-signals-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { keys } from './keys';

/**
 * Reads again what is on the page when the backend says that something changed.
 * Signals may get lost, so they only hasten what polling does anyway.
 */
export function useSignalRefetch(): void {
  const { lastSignal } = useSignal('environments');
  const client = useQueryClient();
  useEffect(() => {
    if (lastSignal) {
      client.invalidateQueries(
        { queryKey: keys.live },
        { cancelRefetch: false },
      );
    }
  }, [lastSignal, client]);
}
