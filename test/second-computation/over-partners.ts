import { eventsOf, optionalText, shown, sum, text } from './events.js';
import type { View } from './events.js';
import { commitments, contributions, guarantees, obligations } from './ladder.js';
import type { Contribution, Line } from './ladder.js';
import { columns, linesOf, linesOfView, on } from './views.js';

/** "Partners in admission order" (2.3, 2.4). */
function admitted(view: View): readonly string[] {
  return eventsOf(view, 'PartnerAdmitted').map(({ data }) => text(data, 'partnerId'));
}

/** "A cell, when not all 0, has pledged, committed (= committed + called), open, given" (2.3). */
function cells(view: View, isOwn: (partnerId: string | undefined) => boolean) {
  return linesOfView(view).flatMap((line) => {
    const { pledged = 0n, committed = 0n, called = 0n, open = 0n, given = 0n } = columns(view, isOwn, line);
    if (pledged === 0n && committed + called === 0n && open === 0n && given === 0n) return [];
    const figures = { pledged: shown(pledged), committed: shown(committed + called), open: shown(open) };
    return [{ ...line, ...figures, given: shown(given) }];
  });
}

/** Who brings what (2.3): "one row per partner in admission order, last a row for gifts from outside when there are any". */
export function secondWhoBringsWhat(view: View) {
  const rows = admitted(view).map((partnerId) => ({ partnerId, cells: cells(view, (one) => one === partnerId) }));
  const outside = cells(view, (one) => one === undefined);
  return {
    rows: [...rows, ...(outside.length > 0 ? [{ partnerId: null, cells: outside }] : [])],
    totals: cells(view, () => true),
    guarantees: guarantees(view).map(({ guaranteeId }) => guaranteeId),
  };
}

export type Granularity = 'month' | 'quarter' | 'year';

/** "A contribution belonging to the period of its occurredOn" (2.4). */
function periodOf(day: string, granularity: Granularity): string {
  const year = day.slice(0, 4);
  if (granularity === 'year') return year;
  const month = Number(day.slice(5, 7));
  return granularity === 'month' ? day.slice(0, 7) : `${year}-Q${String(Math.ceil(month / 3))}`;
}

/**
 * "floor(10000 · given / total), then the points missing to 10000 go one each to the largest division remainders, ties to
 * the earlier admitted" (2.4).
 */
function shareBps(amounts: readonly bigint[]): readonly number[] {
  const total = sum(amounts);
  const shares = amounts.map((amount) => ({ bp: (10_000n * amount) / total, rest: (10_000n * amount) % total }));
  const taken = new Set<number>();
  for (let missing = 10_000n - sum(shares.map(({ bp }) => bp)); missing > 0n; missing--) {
    const free = [...shares.keys()].filter((place) => !taken.has(place));
    const rest = (place: number) => shares[place]?.rest ?? 0n;
    taken.add(free.reduce((best, place) => (rest(place) > rest(best) ? place : best)));
  }
  return shares.map(({ bp }, place) => Number(bp) + (taken.has(place) ? 1 : 0));
}

function shares(view: View, gifts: readonly Contribution[]) {
  const givers = admitted(view)
    .map((partnerId) => ({
      partnerId,
      given: sum(gifts.filter((gift) => gift.providerId === partnerId).map((gift) => gift.acknowledged)),
    }))
    .filter(({ given }) => given > 0n);
  const bps = shareBps(givers.map(({ given }) => given));
  return {
    total: shown(sum(givers.map(({ given }) => given))),
    partners: givers.map(({ partnerId, given }, place) => ({ partnerId, given: shown(given), shareBp: bps[place] })),
  };
}

/** Balance over time (2.4): one row per line and period with something given; "gifts from outside are left out". */
export function secondBalance(view: View, granularity: Granularity, thresholdBp: number) {
  const gifts = contributions(view).filter(({ providerId, acknowledged }) => providerId && acknowledged > 0n);
  return linesOf(gifts).flatMap((line: Line) => {
    const given = on(line, gifts);
    const periods = [...new Set(given.map((gift) => periodOf(gift.on, granularity)))].sort();
    return periods.map((period) => {
      const own = shares(
        view,
        given.filter((gift) => periodOf(gift.on, granularity) === period),
      );
      const cumulated = shares(
        view,
        given.filter((gift) => periodOf(gift.on, granularity) <= period),
      );
      const topShareBp = Math.max(...own.partners.map(({ shareBp }) => shareBp ?? 0));
      const flag = topShareBp > thresholdBp && cumulated.partners.length >= 2 ? 'concentrated' : null;
      return { ...line, period, ...own, topShareBp, flag, cumulated };
    });
  });
}

/** "Shown status of an obligation at date D, first that applies" (1.4). */
export function secondStatuses(view: View) {
  const waiting = commitments(view).filter(({ standing }) => standing !== 'in-force');
  const shownOnes = [
    ...waiting.map(({ id, dueOn, standing }) => ({ obligationId: id, dueOn, status: standing })),
    ...obligations(view).map((one) => ({ obligationId: one.id, dueOn: one.dueOn, status: statusOf(one, view.trueOn) })),
  ];
  const key = (one: (typeof shownOnes)[number]) => `${one.dueOn} ${one.obligationId}`;
  return shownOnes.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function statusOf(
  { fulfilled, open, dueOn }: { readonly fulfilled: bigint; readonly open: bigint; readonly dueOn: string },
  day: string,
): string {
  if (fulfilled === 0n && open === 0n) return 'released';
  if (open === 0n) return 'fulfilled';
  if (dueOn < day) return 'defaulted';
  return fulfilled > 0n ? 'partly-fulfilled' : 'in-force';
}

const PUBLIC = ['local-authority', 'state-service', 'other-public'];

/** "The view warns when 2·num > den and the obligor is a local-authority, state-service or other-public" (1.7). */
export function secondWarnings(view: View) {
  const kindOf = (partnerId: string) =>
    eventsOf(view, 'PartnerInvited', 'partnerId', partnerId)
      .map(({ data }) => optionalText(data, 'kind') ?? '')
      .at(-1);
  return guarantees(view).map(({ guaranteeId, obligorId, share }) => {
    const isOver = 2 * Number(share['num']) > Number(share['den']);
    return { guaranteeId, warns: isOver && PUBLIC.includes(kindOf(obligorId) ?? '') };
  });
}
