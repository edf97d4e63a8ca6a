import { signalText, valueText } from './words';

describe('what a probe has answered', () => {
  it('is written to as many places as anybody reads', () => {
    expect(valueText('0.4166666666666667')).toBe('0.417');
    expect(valueText('12345')).toBe('12345');
    expect(valueText('NaN')).toBe('NaN');
    expect(
      signalText({
        signal: 'probe:requests',
        evidence: { value: '2.5000001' },
      }),
    ).toBe('requests 2.5');
  });
});
