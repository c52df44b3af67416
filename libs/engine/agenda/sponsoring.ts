import { graceFrom, proposalStatusOf } from '#deliberation';
import type { ProposalRow, RoundRow } from '#deliberation';
import type { Id, Instant } from '#kernel';
import type { Asking } from './agenda-item.js';

type Stood = Awaited<ReturnType<typeof proposalStatusOf>>;

/** Who carries a proposal now, or until when another partner may. */
export interface Sponsoring {
  /** Neither withdrawn nor ended by a result. */
  readonly goesOn: boolean;
  readonly stood: Stood;
  /** Nobody when it has none, when it left the alliance, or when it left the electorate of a round (part 1, 4.7). */
  readonly sponsorId: Id | undefined;
  readonly until?: Instant;
  /** Who recused itself cannot sponsor while that round goes on. */
  readonly recusedId?: Id;
}

const GOES_ON: ReadonlySet<string> = new Set(['draft', 'submitted', 'in-round']);

export async function sponsoringOf({ rows, isActive, leavers, asOf }: Asking, row: ProposalRow): Promise<Sponsoring> {
  const stood = await proposalStatusOf(rows, row, asOf.trueOn);
  const common = { stood, goesOn: GOES_ON.has(stood.status) };
  const sponsor = row.sponsors.at(-1);
  if (!sponsor) return { ...common, sponsorId: undefined };
  const isLater = (one: { readonly seq: number; readonly partnerId: Id }) =>
    one.partnerId === sponsor.partnerId && one.seq > sponsor.seq;
  const recused = stood.rounds.flatMap((round) => round.recused).find(isLater);
  if (recused) {
    const until = graceFrom(recused.at);
    return { ...common, sponsorId: undefined, until, ...(stood.open ? { recusedId: sponsor.partnerId } : {}) };
  }
  const left = leavers
    .flatMap(({ partnerId, left: times }) => times.map((time) => ({ ...time, partnerId })))
    .find((one) => isLater(one) && stood.rounds.some((round) => wasOpen(round, one.seq)));
  if (left) return { ...common, sponsorId: undefined, until: graceFrom(left.at) };
  return { ...common, sponsorId: isActive(sponsor.partnerId) ? sponsor.partnerId : undefined };
}

function wasOpen({ opened, closed }: RoundRow, seq: number): boolean {
  return opened !== undefined && opened.seq < seq && (closed === undefined || closed.seq >= seq);
}

export async function proposalIn(
  { rows }: Asking,
  proposalId: Id | null | undefined,
): Promise<ProposalRow | undefined> {
  return (await rows.get(`proposal/${proposalId ?? ''}`))?.doc as ProposalRow | undefined;
}

/** The partner carries the proposal, which goes on. */
export async function isSponsor(asking: Asking, proposalId: Id | undefined): Promise<boolean> {
  const row = await proposalIn(asking, proposalId);
  if (row?.sponsors.at(-1)?.partnerId !== asking.partnerId) return false;
  const { goesOn, sponsorId } = await sponsoringOf(asking, row);
  return goesOn && sponsorId === asking.partnerId;
}
