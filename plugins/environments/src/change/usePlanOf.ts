import { Operation } from '@greenroom/plugin-environments-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { rememberOperation } from '../data/rememberOperation';

/** Asks for a dry run, and keeps which operation makes it: its plan comes bit by bit. */
export function usePlanOf(ask: () => Promise<Operation | undefined>) {
  const client = useQueryClient();
  const plan = useMutation({
    mutationFn: ask,
    onSuccess: operation => {
      if (operation) rememberOperation(client, operation);
    },
  });
  return {
    operation: plan.data,
    error: plan.error,
    isPending: plan.isPending,
    show: () => plan.mutate(),
  };
}
