import { ConfigReader } from '@backstage/config';
import { readTerraformConfig } from './config';

describe('readTerraformConfig', () => {
  it('looks for OpenTofu, then Terraform, when nothing is said', () => {
    expect(readTerraformConfig(new ConfigReader({}))).toEqual({
      binaries: ['tofu', 'terraform'],
      platformVariables: {},
    });
  });

  it('takes what is said', () => {
    const terraform = {
      binary: '/opt/tofu',
      providerMirror: '/mirror',
      pluginCache: '/cache',
      platformVariables: { sites_url: 'http://sites' },
    };
    expect(
      readTerraformConfig(new ConfigReader({ environments: { terraform } })),
    ).toEqual({
      binaries: ['/opt/tofu'],
      providerMirror: '/mirror',
      pluginCache: '/cache',
      platformVariables: { sites_url: 'http://sites' },
    });
  });
});
