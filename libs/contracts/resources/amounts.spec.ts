import fc from 'fast-check';
import { formatAmount, parseAmount, parseSignedAmount } from './amounts.js';
import { amountFault, deltaFault } from './lines.js';

describe('amounts', () => {
  it.each([
    ['01', 'kg'],
    ['1.50', 'kg'],
    ['1e3', 'kg'],
    ['+1', 'kg'],
    ['-1', 'kg'],
    ['1,5', 'kg'],
    ['.5', 'kg'],
    ['1.', 'kg'],
    ['', 'kg'],
    [' 1', 'kg'],
    ['0', 'kg'],
    ['1.0001', 'kg'],
    ['1234567890123', 'kg'],
    ['0.5', 'piece'],
    ['0.02', 'hour'],
    ['0.1', 'day'],
    ['0.001', 'EUR'],
    ['0.5', 'XPF'],
    ['1', 'furlong'],
  ])('%s %s is refused AMOUNT_INVALID', (text, unit) => {
    expect(amountFault(text, unit)?.refused).toBe('AMOUNT_INVALID');
  });

  it.each([
    ['0.05', 'hour'],
    ['0.25', 'day'],
    ['0.001', 'm2-day'],
    ['0.01', 'EUR'],
    ['0.001', 'KWD'],
    ['1', 'XPF'],
    ['999999999999.999', 'kg'],
  ])('%s %s is an amount', (text, unit) => {
    expect(amountFault(text, unit)).toBeUndefined();
  });

  it('a delta may be negative, never 0 nor -0, and keeps the step', () => {
    expect(deltaFault('-0.05', 'hour')).toBeUndefined();
    for (const text of ['-0', '0', '--1', '-0.02', '- 1'])
      expect(deltaFault(text, 'hour')?.refused).toBe('AMOUNT_INVALID');
  });

  it('every amount of thousandths is written in one way and read back the same', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), (amount) => {
        expect(parseSignedAmount(formatAmount(amount))).toBe(amount);
        if (amount >= 0n) expect(parseAmount(formatAmount(amount))).toBe(amount);
      }),
    );
  });
});
