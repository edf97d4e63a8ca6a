import fc from 'fast-check';
import { SourceAddress, readSource, splitPackage } from './source';

describe('the source of a component', () => {
  it.each([
    ['.', { kind: 'folder', folder: '' }],
    ['./', { kind: 'folder', folder: '' }],
    ['./site/./a//', { kind: 'folder', folder: 'site/a' }],
    [
      'https://github.com/acme/modules/tree/v1.2.0/site',
      {
        kind: 'git',
        url: 'https://github.com/acme/modules/tree/v1.2.0/site',
        folder: '',
      },
    ],
    [
      'https://github.com/acme/modules/tree/v1//net/work/',
      {
        kind: 'git',
        url: 'https://github.com/acme/modules/tree/v1',
        folder: 'net/work',
      },
    ],
    [
      'https://dev.azure.com/acme/shop/_git/modules?path=/site&version=GTv1',
      {
        kind: 'git',
        url: 'https://dev.azure.com/acme/shop/_git/modules?path=/site&version=GTv1',
        folder: '',
      },
    ],
    [
      'acme/site/aws?version=1.2.0',
      {
        kind: 'registry',
        module: 'acme/site/aws',
        version: '1.2.0',
        folder: '',
      },
    ],
    [
      'registry.example.com:8443/acme/site/aws//modules/net?version=1.2.0-rc.1',
      {
        kind: 'registry',
        host: 'registry.example.com:8443',
        module: 'acme/site/aws',
        version: '1.2.0-rc.1',
        folder: 'modules/net',
      },
    ],
  ])('reads %s', (source, read) => {
    expect(readSource(source)).toEqual(read);
  });

  it('never leads out of its folder, whatever is written', () => {
    const part = fc.constantFrom('..', '.', '/', '//', 'a', '%2e', '?', '\\');
    const starts = ['./', 'https://h.example/o/r/', 'a/b/c//'];
    fc.assert(
      fc.property(
        fc.constantFrom(...starts),
        fc.array(part, { maxLength: 8 }),
        (start, parts) => {
          const read = readSource(`${start}${parts.join('')}?version=1.0.0`);
          fc.pre('kind' in read);
          expect((read as SourceAddress).folder.split('/')).not.toContain('..');
        },
      ),
    );
  });
});

describe('splitPackage', () => {
  it.each([
    ['git::https://h/r.git//a/b?ref=v1', 'git::https://h/r.git?ref=v1', 'a/b'],
    ['https://h/r?x=a//b', 'https://h/r?x=a//b', ''],
    ['a/b/c', 'a/b/c', ''],
  ])('cuts %s', (address, whole, folder) => {
    expect(splitPackage(address)).toEqual([whole, folder]);
  });
});
