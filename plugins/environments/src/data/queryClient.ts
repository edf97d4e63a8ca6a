import { ProblemsError } from '@greenroom/plugin-environments-common';
import { QueryClient } from '@tanstack/react-query';

/** A refusal stays one when asked again; anything else may be a hiccup. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 1000,
        retry: (failures, error) =>
          failures < 2 &&
          !(error instanceof ProblemsError && error.status < 500),
        retryDelay: attempt => Math.min(500 * 2 ** attempt, 4000),
      },
    },
  });
}
