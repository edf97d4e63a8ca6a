import { documentOf, SHOP } from './__testUtils__/documents';
import { blueprintTtl } from './ttl';

describe('blueprintTtl', () => {
  it('gives seconds, with the earliest warning first', () => {
    const text = SHOP.replace('[1h, 5m]', '[5m, 1h]');
    expect(blueprintTtl(documentOf(text))).toEqual({
      defaultSeconds: 7200,
      maxSeconds: 172_800,
      warnBeforeSeconds: [3600, 300],
      onExpiry: 'destroy',
    });
  });

  it('gives the limits of extensions, and a grace where it pauses first', () => {
    const PAUSE = SHOP.replace(
      '    max: 2d',
      '    max: 2d\n    min: 1h\n    onExpiry: pause\n    extensions: {max: 3, by: 1d}',
    ).replace('source: ./web', 'source: ./web\n      pause: {with: {size: 0}}');
    const limits = {
      minSeconds: 3600,
      onExpiry: 'pause',
      extensions: 3,
      extendBySeconds: 86_400,
    };
    expect(blueprintTtl(documentOf(PAUSE))).toMatchObject({
      ...limits,
      graceSeconds: 86_400,
    });
    const short = PAUSE.replace('pause\n', 'pause\n    grace: 2h\n');
    expect(blueprintTtl(documentOf(short))).toMatchObject({
      ...limits,
      graceSeconds: 7200,
    });
  });

  it('leaves out what the document leaves out', () => {
    const text = SHOP.slice(0, SHOP.indexOf('  ttl:'));
    expect(blueprintTtl(documentOf(text))).toEqual({
      warnBeforeSeconds: [],
      onExpiry: 'destroy',
    });
  });
});
