import { Keyring } from '../secrets/keyring';
import { testInputVault as vault } from '../testing/keyring';
import {
  inputsOf,
  InputVault,
  resealInputs,
  sealedInputs,
  shownInputs,
} from './inputVault';

const SCHEMA = {
  properties: {
    size: { type: 'string' },
    password: { type: 'string', 'ui:field': 'Secret' },
    login: {
      type: 'object',
      properties: { key: { type: 'string', 'ui:widget': 'password' } },
    },
  },
};
const GIVEN = {
  size: 'small',
  password: 'correct-horse',
  // No such word comes of sealing by chance.
  login: { name: 'mira of checkout', key: 'battery-staple' },
};

describe('the inputs of an environment as the database holds them', () => {
  const sealed = vault.seal('one', SCHEMA, GIVEN);

  it('show nothing of a secret, nor of what stands beside one in an object', () => {
    const text = JSON.stringify(sealed);
    expect(text).not.toMatch(/correct-horse|battery-staple|mira of/);
    expect(shownInputs(sealed)).toEqual({ size: 'small' });
    expect(sealedInputs(sealed)).toEqual(['password', 'login']);
    expect(inputsOf({ inputs: sealed })).toEqual({
      inputs: { size: 'small' },
      secretInputs: ['password', 'login'],
    });
    expect(inputsOf({ inputs: { size: 'small' } })).toEqual({
      inputs: { size: 'small' },
    });
  });

  it('are given back whole, to their own environment alone', () => {
    expect(vault.open('one', sealed)).toEqual(GIVEN);
    expect(() => vault.open('other', sealed)).toThrow();
    const moved = { ...sealed, login: sealed.password };
    expect(() => vault.open('one', moved)).toThrow();
  });

  it('stay equal while a secret stays the same, and only then', () => {
    expect(vault.seal('one', SCHEMA, GIVEN)).not.toEqual(sealed);
    expect(vault.seal('one', SCHEMA, GIVEN, sealed)).toEqual(sealed);
    const other = { ...GIVEN, password: 'another-horse' };
    const changed = vault.seal('one', SCHEMA, other, sealed);
    expect(changed.login).toEqual(sealed.login);
    expect(changed.password).not.toEqual(sealed.password);
    expect(vault.open('one', changed)).toEqual(other);
  });

  it('take nothing for sealed that a request has made up', () => {
    const fake = { size: { $sealed: 'AAAA' } };
    expect(() => vault.seal('one', SCHEMA, fake)).toThrow('$sealed');
    const beside = { size: { $sealed: 'AAAA', more: 1 } };
    expect(vault.open('one', vault.seal('one', SCHEMA, beside))).toEqual(
      beside,
    );
  });

  it('are sealed by another key without becoming other inputs', () => {
    const [old, next] = ['2026', '2027'].map(id => ({
      id,
      secret: `of ${id}`,
    }));
    const before = new InputVault(new Keyring([old]));
    const held = before.seal('one', SCHEMA, GIVEN);
    const rotated = new Keyring([next, old]);
    const again = (value: Buffer, purpose: string) =>
      rotated.needsRekey(value) ? rotated.reseal(value, purpose) : undefined;
    const resealed = resealInputs('one', held, again);
    expect(resealed.values).toBe(2);
    const after = new InputVault(new Keyring([next]));
    expect(after.open('one', resealed.inputs)).toEqual(GIVEN);
    expect(resealInputs('one', resealed.inputs, again).values).toBe(0);
  });
});
