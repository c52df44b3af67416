import { addDue } from '#kernel';
import type { DueItem, Id, Instant } from '#kernel';
import type { DeliberationState } from './state.js';

/** Places in the order of ties of part 1, section 2; the gaps are places of events not made yet. */
const RANK = {
  ObjectionLapsed: 0,
  ProxyRevoked: 1,
  ProposalWithdrawn: 2,
  RoundClosed: 3,
  /** `RoundClosed` when everybody has answered and `minOpenUntil`, or the time for a reason, passes last. */
  RoundComplete: 3,
  RatificationRefused: 4,
  DecisionTookEffect: 5,
  DecisionLapsed: 6,
  DecisionExpired: 7,
  DecisionAnnulled: 8,
  ReviewDue: 9,
} as const;

type DueType = keyof typeof RANK;
/** Those that come at 00:00 of a day; the others are deadlines, inclusive. */
const AT_MIDNIGHT: readonly DueType[] = [
  'ProxyRevoked',
  'RatificationRefused',
  'DecisionTookEffect',
  'DecisionLapsed',
  'DecisionExpired',
  'ReviewDue',
];

export function fallsDue(
  state: DeliberationState,
  type: DueType,
  item: { readonly id: Id; readonly dueAt: Instant; readonly order: number },
): DeliberationState {
  const due: DueItem = { ...item, type, rank: RANK[type], after: !AT_MIDNIGHT.includes(type) };
  return { ...state, due: addDue(state.due, due) };
}
