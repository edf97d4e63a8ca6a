import { readModuleAddress } from './moduleAddress';

const read = (source: string, version?: string) =>
  readModuleAddress({ source, version }, 'OpenTofu');

describe('the address of a module', () => {
  it.each([
    ['./a', 'a', './a'],
    ['././a/../b//', 'b', './b'],
    ['../a', '../a', '../a'],
    ['..', '..', './..'],
    ['./', '.', './.'],
  ])('%s is beside its caller', (source, path, canonical) => {
    expect(read(source)).toEqual({ kind: 'local', path, canonical });
  });

  it.each([
    [
      'git::https://git.example.com/acme/net.git?ref=v1',
      'https://git.example.com/acme/net.git',
      '',
      'git::https://git.example.com/acme/net.git?ref=v1',
    ],
    [
      'git::https://git.example.com/acme/net.git//a/b?ref=v1&depth=1',
      'https://git.example.com/acme/net.git',
      'a/b',
      'git::https://git.example.com/acme/net.git//a/b?ref=v1&depth=1',
    ],
    [
      'github.com/acme/net//a?ref=v1',
      'https://github.com/acme/net.git',
      'a',
      'git::https://github.com/acme/net.git//a?ref=v1',
    ],
  ])('%s is in Git', (source, repository, folder, canonical) => {
    expect(read(source)).toEqual({
      kind: 'package',
      address: { kind: 'git', repository, ref: 'v1' },
      folder,
      canonical,
    });
  });

  it('of a registry has the host that the tool takes when it names none', () => {
    expect(read('acme/net/aws//a', '~> 1.0')).toEqual({
      kind: 'package',
      address: { kind: 'registry', module: 'acme/net/aws', version: '~> 1.0' },
      folder: 'a',
      canonical: 'registry.opentofu.org/acme/net/aws//a',
    });
    expect(
      readModuleAddress({ source: 'acme/net/aws' }, 'Terraform'),
    ).toMatchObject({ canonical: 'registry.terraform.io/acme/net/aws' });
    expect(read('registry.example.com:8443/acme/net/aws')).toEqual({
      kind: 'package',
      address: {
        kind: 'registry',
        host: 'registry.example.com:8443',
        module: 'acme/net/aws',
      },
      folder: '',
      canonical: 'registry.example.com:8443/acme/net/aws',
    });
  });

  it.each([
    'git::ssh://git@github.com/acme/net.git?ref=v1',
    'git@github.com:acme/net.git',
    'git::https://amir:secret@github.com/acme/net.git?ref=v1',
    'git::file:///etc?ref=v1',
    'git::https://github.com/acme/net.git',
    'git::https://github.com/acme/net.git?ref=v1&sshkey=abc',
    'git::https://github.com/acme/net.git//../../etc?ref=v1',
    'git::/etc?ref=v1',
    'git::ext::sh -c id?ref=v1',
    'file:///etc',
    '/etc',
    'C:\\modules',
    'https://example.com/net.zip',
    'http://169.254.169.254/latest/meta-data',
    's3::https://s3.amazonaws.com/bucket/net.zip',
    'gcs::https://www.googleapis.com/storage/v1/bucket/net.zip',
    'hg::https://example.com/net',
    'oci://example.com/net',
    'acme/net/aws//../../etc',
    '',
  ])('%s is refused', source => {
    expect(read(source)).toMatchObject({
      kind: 'refused',
      remedy: expect.stringContaining('git::https://'),
    });
  });
});
