import { mockServices } from '@backstage/backend-test-utils';
import { readRegistries } from './registries';

const read = (token: string) =>
  readRegistries(
    mockServices.rootConfig({
      data: {
        environments: {
          blueprints: {
            registries: [{ url: 'https://modules.example.com', token }],
          },
        },
      },
    }),
  );

describe('the registries of the configuration', () => {
  it('are known by their host', () => {
    expect([...read('a.b-c').keys()]).toEqual(['modules.example.com']);
  });

  it.each(['two words', 'line\nbreak', 'café'])(
    'are refused with a token that no header can hold, without telling it',
    token => {
      expect(() => read(token)).toThrow(/the token of modules\.example\.com/);
      expect(() => read(token)).not.toThrow(token);
    },
  );

  it('are asked for nothing at another host', async () => {
    const host = read('a.b-c').get('modules.example.com')!;
    const signal = AbortSignal.timeout(1000);
    for (const url of [
      'https://other.example.com/x',
      'http://modules.example.com/x',
      'https://modules.example.com:8443/x',
    ]) {
      await expect(host.get(new URL(url), signal)).rejects.toThrow(
        'another host',
      );
    }
  });
});
