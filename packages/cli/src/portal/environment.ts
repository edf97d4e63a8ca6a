import { EnvironmentsClient } from '@greenroom/plugin-environments-common';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id of an environment that is given by its id or its name. */
export async function environmentId(
  client: EnvironmentsClient,
  nameOrId: string,
): Promise<string> {
  if (UUID.test(nameOrId)) return nameOrId;
  return (await client.getEnvironmentByName(nameOrId)).id;
}
