import { mockServices } from '@backstage/backend-test-utils';
import { readAdmins } from './admins';

const read = (admins: string[]) =>
  readAdmins(
    mockServices.rootConfig({
      data: { permission: { greenroom: { admins } } },
    }),
  );

describe('readAdmins', () => {
  it('completes and lowers references, as those of callers are', () => {
    expect(read(['Group:Platform', 'user:default/Ada'])).toEqual(
      new Set(['group:default/platform', 'user:default/ada']),
    );
  });

  it('has no admin by default', () => {
    expect(readAdmins(mockServices.rootConfig())).toEqual(new Set());
  });

  it('refuses a reference without its kind, and names the place', () => {
    expect(() => read(['group:default/platform', 'platform'])).toThrow(
      'permission.greenroom.admins[1] is "platform". Name a user or a group with its kind, such as "group:default/platform".',
    );
  });
});
