import { amountOf, sameLine, sum } from '#contracts';
import type { Charter } from '#contracts';
import type { VersionRequests } from './state.js';

/** Whether a version asks for more in total than the ceiling has, or for a kind and unit that it does not list (3.5). */
export function exceedsCeiling(requests: VersionRequests, ceiling: Charter['silenceCeiling']): boolean {
  return requests.some((asked) => totalOf(asked, requests) > totalOf(asked, ceiling));
}

type AmountLine = Charter['silenceCeiling'][number];

function totalOf(line: AmountLine, list: readonly AmountLine[]): bigint {
  return sum(list.filter((one) => sameLine(one, line)).map(({ amount }) => amountOf(amount)));
}
