import { costText, presentCost } from './words';

const cost = { perDay: 12.4, asleepPerDay: 2.48, currency: 'EUR' };

describe('what an environment costs', () => {
  it('is told as an estimate, asleep where that differs', () => {
    expect(costText(cost)).toBe(
      'about €12.40 a day, €2.48 while asleep, as its blueprint’s author estimates',
    );
    expect(costText({ ...cost, asleepPerDay: 12.4 })).toBe(
      'about €12.40 a day, as its blueprint’s author estimates',
    );
  });

  it('is that of the state it is in', () => {
    expect(presentCost({ cost, state: 'running' })).toBe('€12.40');
    expect(presentCost({ cost, state: 'paused' })).toBe('€2.48');
    expect(presentCost({ cost, state: 'destroyed' })).toBeUndefined();
    expect(presentCost({ state: 'running' })).toBeUndefined();
  });
});
