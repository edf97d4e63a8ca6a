import { SHOP } from './__testUtils__/documents';
import { BlueprintScope } from './evaluate';
import { blueprintIdle } from './idle';
import { parseBlueprint } from './parse';
import { resolveProbe } from './resolve';

const IDLE = `  idle:
    after: 4h
    then: destroy
    bump: 8h
    probes:
      - name: requests
        every: 10m
        prometheus: {url: 'https://p.example', query: 'up{ns="\${{ environment.slug }}"}', above: 2}
      - {name: login, http: {url: '\${{ components.web.outputs.url }}/used', json: /last}}
  ttl:`;
const { document } = parseBlueprint(SHOP.replace('  ttl:', IDLE));
const { probes = [] } = document!.spec.idle!;

const scope = (web: Record<string, { value: string; sensitive: boolean }>) =>
  ({
    inputs: { title: 'Tea', pages: 3, ratio: 1, tags: [] },
    environment: { id: '1', name: 'a', slug: 'a', owner: 'o', type: 't' },
    owner: { ref: 'group:default/o', name: 'o' },
    blueprint: { name: 'shop', version: '1.2.0' },
    components: { web: { outputs: web } },
  }) satisfies BlueprintScope;

describe('the idle section', () => {
  it('is in seconds, with what is usual where nothing is said', () => {
    expect(blueprintIdle(document!)).toMatchObject({
      afterSeconds: 14_400,
      then: 'destroy',
      graceSeconds: 86_400,
      bumpSeconds: 28_800,
      probes: [
        { name: 'requests', everySeconds: 600 },
        { name: 'login', everySeconds: 300 },
      ],
    });
  });

  it('has probes that ask by what is known of the environment', () => {
    const known = scope({ url: { value: 'http://a', sensitive: false } });
    expect(resolveProbe(document!, probes[0], known)).toEqual({
      prometheus: { url: 'https://p.example', query: 'up{ns="a"}', above: 2 },
    });
    expect(resolveProbe(document!, probes[1], known)).toEqual({
      http: { url: 'http://a/used', json: '/last' },
    });
  });

  it('has probes that ask by nothing that is secret', () => {
    const known = scope({ url: { value: 'http://pass', sensitive: true } });
    expect(() => resolveProbe(document!, probes[1], known)).toThrow(
      /components\.web\.outputs\.url .* at idle\.probes\.login has no value: It is sensitive/,
    );
  });
});
