import {
  Environment,
  Operation,
  OperationSummary,
} from '@greenroom/plugin-environments-common';
import { QueryClient } from '@tanstack/react-query';
import { keys } from './keys';

/** Keeps what the server answered to a change, so that the page of the operation is there at once. */
export function rememberOperation(
  client: QueryClient,
  environment: Environment,
  operation: Operation,
): void {
  const { id, name } = environment;
  client.setQueryData<Environment>(keys.environment({ name }), environment);
  client.setQueryData<Operation>(keys.operation(operation.id), operation);
  client.setQueryData<OperationSummary[]>(keys.operations(id), before => [
    operation,
    ...(before ?? []).filter(one => one.id !== operation.id),
  ]);
  client.invalidateQueries({ queryKey: keys.live });
}
