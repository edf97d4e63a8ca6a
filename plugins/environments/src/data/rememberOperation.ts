import { Operation } from '@greenroom/plugin-environments-common';
import { QueryClient } from '@tanstack/react-query';
import { keys } from './keys';

/** Keeps what the server answered to a change, so that the page of the operation is there at once. */
export function rememberOperation(
  client: QueryClient,
  operation: Operation,
): void {
  const { id, environmentId, number } = operation;
  client.setQueryData<Operation>(keys.operation(id), operation);
  client.setQueryData<string>(keys.operationNumber(environmentId, number), id);
  client.invalidateQueries({ queryKey: keys.live });
}
