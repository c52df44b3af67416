import type { Charter } from '#contracts';
import type { VersionRequests } from './state.js';

/** Whether a version asks for more in total than the ceiling has, or for a kind and unit that it does not list (3.5). */
export function exceedsCeiling(requests: VersionRequests, ceiling: Charter['silenceCeiling']): boolean {
  return requests.some(({ kind, unit }) => {
    const sameLine = (line: { readonly kind: string; readonly unit: string }) =>
      line.kind === kind && line.unit === unit;
    const asked = requests.filter(sameLine).map(({ amount }) => amount);
    const allowed = ceiling.filter(sameLine).map(({ amount }) => amount);
    const scale = Math.max(...[...asked, ...allowed].map(decimals));
    return total(asked, scale) > total(allowed, scale);
  });
}

function decimals(amount: string): number {
  return amount.split('.')[1]?.length ?? 0;
}

function total(amounts: readonly string[], scale: number): bigint {
  return amounts.reduce((sum, amount) => {
    const [whole = '0', fraction = ''] = amount.split('.');
    return sum + BigInt(whole + fraction.padEnd(scale, '0'));
  }, 0n);
}
