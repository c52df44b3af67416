import type { DomainEvent } from '#contracts';
import type { Id } from '#kernel';
import type { Projection } from '#views';
import { adviceRow, tagsOfAdvice } from './rows/advice.row.js';
import type { AdviceRow } from './rows/advice.row.js';
import { amendmentRow, tagsOfAmendment } from './rows/amendment.row.js';
import type { AmendmentRow } from './rows/amendment.row.js';
import { CHARTER_TAG, charterRow } from './rows/charter.row.js';
import type { CharterDelaysRow } from './rows/charter.row.js';
import { decisionRow, tagsOfDecision } from './rows/decision.row.js';
import type { DecisionRow } from './rows/decision.row.js';
import { LEAVER_TAG, leaverRow } from './rows/leaver.row.js';
import type { LeaverRow } from './rows/leaver.row.js';
import { abandonedAt, abandonedTag, isIntegrating, objectionRow } from './rows/objection.row.js';
import type { ObjectionRow } from './rows/objection.row.js';
import { positionRow, tagsOfPosition } from './rows/position.row.js';
import type { PositionRow } from './rows/position.row.js';
import { proposalRow, tagsOfProposal } from './rows/proposal.row.js';
import type { ProposalRow } from './rows/proposal.row.js';
import { proxyRow, tagsOfProxy } from './rows/proxy.row.js';
import type { ProxyRow } from './rows/proxy.row.js';
import { roundRow } from './rows/round.row.js';
import type { RoundRow } from './rows/round.row.js';

export type DeliberationRow =
  | ProposalRow
  | AmendmentRow
  | AdviceRow
  | RoundRow
  | PositionRow
  | ObjectionRow
  | DecisionRow
  | ProxyRow
  | LeaverRow
  | CharterDelaysRow;

/**
 * Facts of proposals, rounds, positions, objections, proxies and decisions, with the delays of charters and who left: the
 * rows of every view of this context.
 */
export const deliberationFacts: Projection<DeliberationRow> = {
  name: 'deliberation',
  version: 7,
  touches: (event) => keysOf(event),
  evolve(row, event, meta, key) {
    const [sort, id] = key.split('/') as [DeliberationRow['sort'], Id];
    const before = row?.doc;
    switch (sort) {
      case 'proposal':
        return tagged(proposalRow(before as ProposalRow | undefined, event, meta, id), tagsOfProposal);
      case 'amendment':
        return tagged(amendmentRow(before as AmendmentRow | undefined, event, meta, id), tagsOfAmendment);
      case 'advice':
        return tagged(adviceRow(before as AdviceRow | undefined, event, meta, id), tagsOfAdvice);
      case 'round':
        return tagged(roundRow(before as RoundRow | undefined, event, meta, id), tagsOfRound);
      case 'position':
        return tagged(positionRow(before as PositionRow | undefined, event, meta, id), tagsOfPosition);
      case 'objection':
        return tagged(objectionRow(before as ObjectionRow | undefined, event, meta, id), tagsOfObjection);
      case 'decision':
        return tagged(decisionRow(before as DecisionRow | undefined, event, meta, id), tagsOfDecision);
      case 'proxy':
        return tagged(proxyRow(before as ProxyRow | undefined, event, meta, id), tagsOfProxy);
      case 'leaver':
        return { doc: leaverRow(before as LeaverRow | undefined, event, meta, id), tags: [LEAVER_TAG] };
      case 'charter':
        // A hash in base64 has slashes of its own.
        return {
          doc: charterRow(before as CharterDelaysRow | undefined, event, meta, key.slice(8)),
          tags: [CHARTER_TAG],
        };
    }
  },
};

function tagged<R extends DeliberationRow>(doc: R, tagsOf: (row: R) => readonly string[]) {
  return { doc, tags: tagsOf(doc) };
}

function tagsOfRound({ opened, closed, reevaluated }: RoundRow): readonly string[] {
  const of = opened ? [`round-of/${opened.proposalId}`] : [];
  return ['round', closed ? 'round-closed' : 'round-open', ...of, ...(reevaluated.length > 0 ? ['round-again'] : [])];
}

function tagsOfObjection(row: ObjectionRow): readonly string[] {
  const tags = ['objection', ...(isIntegrating(row) ? ['objection-integrating'] : [])];
  if (!row.raised) return tags;
  const { roundId, partnerId } = row.raised;
  return [...tags, `objection-in/${roundId}`, ...(abandonedAt(row) === undefined ? [] : [abandonedTag(partnerId)])];
}

/** Events that name a round, or a decision, without being called after it. */
const OF_ROUND: ReadonlySet<string> = new Set([
  'PositionTaken',
  'PositionRecordedOnBehalf',
  'PartnerNotified',
  'PartnerRecused',
]);
const OF_POSITION: ReadonlySet<string> = new Set(['PositionContested', 'PositionRatified', 'RatificationRefused']);
const OF_ADVICE: ReadonlySet<string> = new Set(['AdviceRequested', 'AdviceGiven', 'AdviceAnswered']);
const OF_DECISION: ReadonlySet<string> = new Set(['ReviewRequested', 'LateObjectionFiled']);

function keysOf(event: DomainEvent): readonly string[] {
  const { type } = event;
  const named = (sort: string, member: string): string =>
    `${sort}/${String((event.data as Readonly<Record<string, unknown>>)[member])}`;
  if (type === 'ProposalSubmitted' && event.data.reviewOf !== undefined)
    return [named('proposal', 'proposalId'), named('decision', 'reviewOf')];
  if (type === 'DecisionAdopted' && event.data.proposalId !== undefined)
    return [named('decision', 'decisionId'), named('proposal', 'proposalId')];
  if (type === 'PartnerNotified' && event.data.positionId !== undefined)
    return [named('round', 'roundId'), named('position', 'positionId')];
  if (type === 'PositionRecordedOnBehalf' || (type === 'PositionTaken' && event.data.adReferendum))
    return [named('round', 'roundId'), named('position', 'positionId')];
  if (type === 'PartnerWithdrew' || type === 'PartnerExcluded') return [named('leaver', 'partnerId')];
  if (type === 'CharterDrafted' || type === 'CharterAdopted') return [named('charter', 'charterHash')];
  const sort = sortOf(type);
  return sort === undefined ? [] : [named(sort, `${sort}Id`)];
}

/** The sort of row that an event of this context changes: it has the id of that sort. */
function sortOf(type: DomainEvent['type']): DeliberationRow['sort'] | undefined {
  if (type.startsWith('Amendment')) return 'amendment';
  if (OF_ADVICE.has(type)) return 'advice';
  if (type.startsWith('Objection')) return 'objection';
  if (OF_ROUND.has(type) || type.startsWith('Round')) return 'round';
  if (OF_POSITION.has(type)) return 'position';
  if (type.startsWith('Proxy')) return 'proxy';
  if (type.startsWith('Proposal') || type === 'ResponsibilityAccepted') return 'proposal';
  return OF_DECISION.has(type) || type.startsWith('Decision') ? 'decision' : undefined;
}
