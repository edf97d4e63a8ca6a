import { Keyring } from './keyring';

const first = { id: '2026', secret: 'one secret that is long enough' };
const second = { id: '2027', secret: 'another secret, long enough too' };

describe('the keyring', () => {
  const plain = Buffer.from('{"password":"correct-horse"}');

  it('opens what it sealed, and shows nothing of it', () => {
    const keyring = new Keyring([first]);
    const sealed = keyring.seal(plain, 'state:1');
    expect(sealed.toString('latin1')).not.toContain('horse');
    expect(keyring.open(sealed, 'state:1')).toEqual(plain);
  });

  it('seals the same differently each time', () => {
    const keyring = new Keyring([first]);
    expect(keyring.seal(plain, 'a')).not.toEqual(keyring.seal(plain, 'a'));
  });

  it('opens with an older key behind a newer one', () => {
    const sealed = new Keyring([first]).seal(plain, 'state:1');
    const rotated = new Keyring([second, first]);
    expect(rotated.open(sealed, 'state:1')).toEqual(plain);
    expect(() =>
      new Keyring([first]).open(rotated.seal(plain, 'x'), 'x'),
    ).toThrow('The key "2027"');
  });

  it('refuses what was changed, moved to another place or sealed by another secret', () => {
    const keyring = new Keyring([first]);
    const sealed = keyring.seal(plain, 'state:1');
    expect(() => keyring.open(sealed, 'state:2')).toThrow();
    const changed = Buffer.from(sealed);
    changed[changed.length - 1] ^= 1;
    expect(() => keyring.open(changed, 'state:1')).toThrow();
    const ofLater = Buffer.from(sealed);
    ofLater[0] += 1;
    expect(() => keyring.open(ofLater, 'state:1')).toThrow();
    const stranger = new Keyring([{ ...second, id: first.id }]);
    expect(() => stranger.open(sealed, 'state:1')).toThrow();
  });

  it('tells what an older key has sealed from what the first has', () => {
    const before = new Keyring([first]);
    const rotated = new Keyring([second, first]);
    const sealed = before.seal(plain, 'state:1');
    expect(before.needsRekey(sealed)).toBe(false);
    expect(rotated.needsRekey(sealed)).toBe(true);
    const resealed = rotated.reseal(sealed, 'state:1');
    expect(rotated.needsRekey(resealed)).toBe(false);
    expect(new Keyring([second]).open(resealed, 'state:1')).toEqual(plain);
    // Put back in front, the old key wants it again.
    expect(new Keyring([first, second]).needsRekey(resealed)).toBe(true);
  });

  it('does not take an id for another that begins like it', () => {
    const long = new Keyring([{ ...second, id: '20' }]);
    const sealed = new Keyring([first]).seal(plain, 'x');
    expect(long.needsRekey(sealed)).toBe(true);
    expect(long.has('2026')).toBe(false);
    expect(long.has('20')).toBe(true);
  });
});
