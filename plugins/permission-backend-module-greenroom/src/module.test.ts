import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import permissionPlugin from '@backstage/plugin-permission-backend';
import { blueprintPublishPermission } from '@greenroom/plugin-environments-common';
import request from 'supertest';
import { permissionModuleGreenroom } from './module';

const permission = {
  enabled: true,
  greenroom: { admins: ['user:default/ada'] },
};

const mayPublish = async (
  backend: Awaited<ReturnType<typeof startTestBackend>>,
  userRef: string,
) => {
  const response = await request(backend.server)
    .post('/api/permission/authorize')
    .set('Authorization', mockCredentials.user.header(userRef))
    .send({ items: [{ id: '1', permission: blueprintPublishPermission }] });
  return response.body.items?.[0].result ?? response.body;
};

describe('the permission backend with the policy of Greenroom', () => {
  it('decides by the roles of the configuration', async () => {
    const backend = await startTestBackend({
      features: [
        permissionPlugin,
        permissionModuleGreenroom,
        mockServices.rootConfig.factory({ data: { permission } }),
      ],
    });
    await expect(mayPublish(backend, 'user:default/ada')).resolves.toBe(
      'ALLOW',
    );
    await expect(mayPublish(backend, 'user:default/mira')).resolves.toBe(
      'DENY',
    );
  });
});
