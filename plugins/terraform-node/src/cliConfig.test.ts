import { cliConfig } from './cliConfig';

describe('cliConfig', () => {
  it('asks nobody for newer versions, and leaves the registries in place', () => {
    expect(cliConfig({})).toBe('disable_checkpoint = true\n');
  });

  it('names mirror and cache, quoted', () => {
    expect(cliConfig({ mirror: '/a "b"', cache: '/c' }))
      .toBe(`disable_checkpoint = true
plugin_cache_dir = "/c"
plugin_cache_may_break_dependency_lock_file = true
provider_installation {
  filesystem_mirror {
    path = "/a \\"b\\""
  }
}
`);
  });
});
