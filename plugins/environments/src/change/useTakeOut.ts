import { useApi } from '@backstage/frontend-plugin-api';
import { Environment } from '@greenroom/plugin-environments-common';
import { useMutation } from '@tanstack/react-query';
import { environmentsApiRef } from '../api';
import { saveBlob } from '../data/saveText';

/** Saves an environment as plain Terraform. */
export function useTakeOut({ id, name }: Pick<Environment, 'id' | 'name'>) {
  const api = useApi(environmentsApiRef);
  return useMutation({
    mutationFn: async () => (await api.ejectEnvironment(id)).blob(),
    onSuccess: blob => saveBlob(`${name}.zip`, blob),
  });
}
