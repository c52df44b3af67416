import { definitionOf, events } from '#contracts';
import type { EventType, Field } from '#contracts';
import { labelOf } from '#words';
import { readFileSync } from 'node:fs';
import { AGENDA_KINDS } from './agenda-item.js';
import type { AgendaKind } from './agenda-item.js';

/** A rule of the pages that gives a partner time for something, and what its agenda calls it. */
const RULES: readonly (readonly [page: string, rule: string, kind: AgendaKind])[] = [
  ['1, 3.4', 'an invited partner is admitted within 90 days', 'invitation-lapses'],
  ['1, 3.4', 'an admitted partner signs the charter', 'sign-charter'],
  ['1, 3.3', 'a mandate ends with its last day', 'mandate-ends'],
  ['1, 3.5', 'a facilitator has a term of facilitatorMonths at most', 'facilitator-ends'],
  ['1, 4.2', 'a draft without sponsor may be sponsored', 'sponsor-proposal'],
  ['1, 4.7', 'another partner sponsors within 72 h', 'sponsor-proposal'],
  ['1, 4.4', 'a position is taken by the deadline', 'take-position'],
  ['1, 4.7', 'the giver of a struck proxy answers by the deadline', 'take-position'],
  ['1, 4.8', 'a holder takes the position of its giver by the deadline', 'take-position-by-proxy'],
  ['1, 4.5, M8', 'a reason is given within 48 h', 'give-reason'],
  ['1, 4.6', 'others of E say until closing whether an objection qualifies', 'contest-objection'],
  ['1, 4.7', 'an orphaned objection may be adopted for 72 h', 'adopt-objection'],
  ['1, 4.6', 'an objection is integrated before integrationDays are over', 'integrate-objection'],
  ['1, 4.6', 'objector and sponsor confirm an integration', 'confirm-resolution'],
  ['1, 4.6', 'the objector may contest an abandonment within 72 h', 'contest-abandonment'],
  ['1, 4.8', 'a position on behalf may be contested within 7 days of its notification', 'contest-position'],
  ['1, 4.8', 'a position ad referendum is ratified by ratifyBy', 'ratify-position'],
  ['1, 4.8', 'a version may be asked again within repairDays', 'ask-again'],
  ['1, 4.1', 'the sponsor answers an amendment', 'answer-amendment'],
  ['1, 4.5, M9', 'any partner may ask to be asked before the last window ends', 'ask-to-advise'],
  ['1, 4.5, M9', 'advice is given within its window', 'give-advice'],
  ['1, 4.5, M9', 'the sponsor states the follow-up of each advice', 'answer-advice'],
  ['1, 4.5, M11', 'an act of several signatories is signed while it is pending', 'sign-act'],
  ['1, 4.5, M11', 'delegates act until validUntil', 'delegation-ends'],
  ['1, 4.9', 'a condition precedent is met by its last day', 'meet-condition'],
  ['1, 4.9', 'a decision is reviewed by reviewOn', 'review-decision'],
  ['1, 4.8', 'a suspended decision is adopted again within repairDays', 'repair-decision'],
  ['1, 4.9', 'a decision expires with expiresOn', 'decision-expires'],
  ['2, 1.4', 'a request is answered by neededBy', 'answer-request'],
  ['2, 1.4', 'a pledge lapses with validUntil', 'pledge-lapses'],
  ['2, 1.4', 'a commitment ad referendum is ratified by ratifyBy', 'ratify-commitment'],
  ['2, 1.4', 'a commitment or a call is fulfilled by dueOn', 'fulfil-commitment'],
  ['2, 1.5', 'the attestor acknowledges or contests', 'attest-contribution'],
  ['2, 1.7', 'a guarantee ad referendum is ratified by ratifyBy', 'ratify-guarantee'],
  ['2, 1.7', 'a guarantee is called by termOn', 'guarantee-ends'],
];

/** Days and instants of events that end a time for somebody, by the agenda's kind. */
const ENDS: Readonly<Record<string, AgendaKind>> = {
  'MandateGranted.validTo': 'mandate-ends',
  'FacilitatorAppointed.validTo': 'facilitator-ends',
  'RoundOpened.closesAt': 'take-position',
  'RoundExtended.closesAt': 'take-position',
  'ProxyGiven.validTo': 'take-position-by-proxy',
  'ObjectionRaised.reasonDueAt': 'give-reason',
  'ObjectionOrphaned.adoptBy': 'adopt-objection',
  'PartnerNotified.deliveredAt': 'contest-position',
  'PositionTaken.ratifyBy': 'ratify-position',
  'PositionRecordedOnBehalf.ratifyBy': 'ratify-position',
  'RoundClosed.closedAt': 'integrate-objection',
  'AdviceRequested.windowEnds': 'give-advice',
  'ProposalSubmitted.delegation.validUntil': 'delegation-ends',
  'ProposalVersioned.conditions.by': 'meet-condition',
  'DecisionAdopted.conditions.by': 'meet-condition',
  'DecisionAdopted.reviewOn': 'review-decision',
  'ReviewRequested.reviewOn': 'review-decision',
  'DecisionReviewed.reviewOn': 'review-decision',
  'DecisionAdopted.expiresOn': 'decision-expires',
  'ResourceRequested.neededBy': 'answer-request',
  'PledgeMade.validUntil': 'pledge-lapses',
  'CommitmentMade.ratifyBy': 'ratify-commitment',
  'CommitmentMade.dueOn': 'fulfil-commitment',
  'CommitmentRescheduled.dueOn': 'fulfil-commitment',
  'GuaranteeCalled.dueOn': 'fulfil-commitment',
  'GuaranteeOffered.ratifyBy': 'ratify-guarantee',
  'GuaranteeOffered.termOn': 'guarantee-ends',
};

/** Days and instants that end no time of a partner, and why. */
const NOT_AWAITED: Readonly<Record<string, string>> = {
  validFrom: 'a first day',
  effectiveFrom: 'a first day',
  occurredFrom: 'a first day',
  opensAt: 'a first instant',
  minOpenUntil: 'nobody can answer later for it',
  statedAt: 'past',
  invitedOn: 'past',
  actOn: 'past',
  ratifiedOn: 'past',
  studiedOn: 'past',
  'ProposalSubmitted.reviewOn': 'that of the decision counts',
  'ProposalSubmitted.expiresOn': 'that of the decision counts',
  'AccessGranted.validTo': 'reading ends, and no act is awaited',
  'AuditOpened.validTo': 'reading ends, and no act is awaited of a partner',
  'CommitmentDefaulted.dueOn': 'tells of what was due',
  'CommonGoalSet.targetDate': 'an aim, owed by nobody',
  'ValuationScaleAdopted.validTo': 'after it there is no rate, and any decision may give one',
};

/** The paths of days and instants in the public part of every event. */
function daysOf(name: string, field: Field): readonly string[] {
  switch (field.is) {
    case 'optional':
    case 'list':
      return daysOf(name, field.of);
    case 'record':
      return Object.entries(field.fields).flatMap(([member, inner]) => daysOf(`${name}.${member}`, inner));
    case 'day':
    case 'instant':
      return [name];
    default:
      return [];
  }
}

describe('the agenda of partners', () => {
  it('has a kind for every rule that gives somebody time, and no kind without rule', () => {
    expect([...new Set(RULES.map(([, , kind]) => kind))].sort()).toEqual([...AGENDA_KINDS].sort());
  });

  it('knows each day and instant of each event: what it ends, or why it ends nothing', () => {
    const days = (Object.keys(events) as EventType[]).flatMap((type) =>
      Object.entries(definitionOf(type).public).flatMap(([name, field]) => daysOf(`${type}.${name}`, field)),
    );
    expect(days.length).toBeGreaterThan(40);
    const last = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
    expect(days.filter((path) => !(path in ENDS) && !(path in NOT_AWAITED) && !(last(path) in NOT_AWAITED))).toEqual(
      [],
    );
    const stale = [...Object.keys(ENDS), ...Object.keys(NOT_AWAITED)].filter(
      (path) => !days.some((one) => one === path || last(one) === path),
    );
    expect(stale).toEqual([]);
  });

  it.each(AGENDA_KINDS)('shows %s in a test of what is told to whom', (kind) => {
    const specs = ['rounds', 'proposals', 'decisions', 'membership', 'contributions', '../agenda.view', SIGNATURES];
    const told = specs.map((name) => readFileSync(new URL(`${name}.spec.ts`, import.meta.url), 'utf8'));
    expect(told.some((text) => text.includes(`'${kind}`) || text.includes(`\`${kind} `))).toBe(true);
  });

  it('has words for people in both languages', () => {
    const wordless = AGENDA_KINDS.filter(
      (kind) => labelOf('agenda', kind, 'fr') === kind || labelOf('agenda', kind, 'en') === kind,
    );
    expect(wordless).toEqual([]);
  });
});

/** Acts that wait for signatures stand outside the ledger: the edge adds them. */
const SIGNATURES = '../../../test/journeys/several-signatories';
