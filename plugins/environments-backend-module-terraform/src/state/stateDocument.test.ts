import { outputsOf, parseState, resourcesOf } from './stateDocument';

// Written by Terraform 1.11.4, shortened.
const STATE = JSON.stringify({
  version: 4,
  terraform_version: '1.11.4',
  serial: 3,
  lineage: 'a2a6b6f2',
  outputs: {
    url: { value: 'http://x', type: 'string' },
    password: { value: 'hidden', type: 'string', sensitive: true },
  },
  resources: [
    {
      mode: 'data',
      type: 'local_file',
      name: 'read',
      provider: 'provider["registry.terraform.io/hashicorp/local"]',
      instances: [{ attributes: { id: 'x' } }],
    },
    {
      mode: 'managed',
      type: 'local_file',
      name: 'page',
      provider: 'provider["registry.terraform.io/hashicorp/local"]',
      instances: [
        { index_key: 'a "b"', attributes: { id: 'id-1' } },
        { index_key: 0, attributes: { id: 7 } },
      ],
    },
    {
      module: 'module.inner["x"]',
      mode: 'managed',
      type: 'terraform_data',
      name: 'one',
      provider: 'provider["terraform.io/builtin/terraform"]',
      instances: [{ attributes: { id: 'id-2' } }],
    },
  ],
});

describe('the state document', () => {
  it('lists managed resources by their address, with their id when it is a text', () => {
    expect(resourcesOf(parseState(STATE)!)).toEqual([
      {
        address: 'local_file.page["a \\"b\\""]',
        type: 'local_file',
        externalId: 'id-1',
      },
      { address: 'local_file.page[0]', type: 'local_file' },
      {
        address: 'module.inner["x"].terraform_data.one',
        type: 'terraform_data',
        externalId: 'id-2',
      },
    ]);
  });

  it('gives outputs with their sensitivity', () => {
    expect(outputsOf(parseState(STATE)!)).toEqual({
      url: { value: 'http://x', sensitive: false },
      password: { value: 'hidden', sensitive: true },
    });
  });

  it.each(['', '{}', '{"version":3}', '{"encrypted_data":"x"}', '[]', 'null'])(
    'is none of %j',
    text => {
      expect(parseState(text)).toBeUndefined();
    },
  );
});
