import { Chance } from './random';

const draw = (chance: Chance) =>
  Array.from({ length: 20 }, () => chance.between(0, 1000));

describe('Chance', () => {
  it('draws the same from the same seed, and something else from another', () => {
    expect(draw(new Chance(7))).toEqual(draw(new Chance(7)));
    expect(draw(new Chance(7))).not.toEqual(draw(new Chance(8)));
  });

  it('gives streams that do not depend on what others draw', () => {
    const quiet = new Chance(7);
    const busy = new Chance(7);
    const first = quiet.stream();
    const same = busy.stream();
    draw(busy);
    expect(draw(same)).toEqual(draw(first));
  });

  it('lets happen what must and nothing that must not', () => {
    const chance = new Chance(7);
    expect(draw(chance).every(() => chance.happens(1))).toBe(true);
    expect(draw(chance).some(() => chance.happens(0))).toBe(false);
  });
});
