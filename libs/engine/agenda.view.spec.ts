import { event } from '#contracts';
import type { DataOf, DomainEvent } from '#contracts';
import { sha256 } from '#kernel';
import type { Day, Id } from '#kernel';
import { AgendaLedger, ann, bob, cleo, id, voiceOf } from './testing/agenda-ledger.js';

const opened = (name: string, closesAt: string, electorate: readonly Id[]): DomainEvent =>
  event('RoundOpened', {
    ...{ roundId: id(name), proposalId: id('proposal'), roundNumber: 1, attempt: 1, version: 1, closesAt },
    ...{ textHash: sha256('text'), charterVersion: 1, charterHash: sha256('charter'), policy: { method: 'consent' } },
    electorate: electorate.map((partnerId) => ({ partnerId, kind: 'association' as const })),
    ...{ floor: { partners: 3, kinds: 2 }, options: [], opensAt: closesAt, minOpenUntil: closesAt },
  });

const closed = (name: string, result: 'returned-for-integration' | 'adopted'): DomainEvent =>
  event('RoundClosed', {
    ...{ roundId: id(name), closing: 'deadline', closedAt: '2026-03-16T17:00:00.000Z' },
    outcome: { result, notCounted: [] as unknown },
  } as DataOf<'RoundClosed'>);

const position = (name: string, partnerId: Id): DomainEvent =>
  event('PositionTaken', {
    ...{ positionId: id(`position ${name}`), roundId: id(name), partnerId, value: 'agree', standing: 'titular' },
    ...{ channel: 'direct', adReferendum: false, late: false },
  });

describe('the charter', () => {
  it('waits for an admitted partner once there is a draft, until it signed that one', async () => {
    const ledger = new AgendaLedger();
    expect(await ledger.awaits(ann)).toEqual([]);
    ledger.drafts(sha256('first'));
    expect(await ledger.awaits(ann)).toEqual(['sign-charter']);
    ledger.signs(ann, sha256('first'));
    expect(await ledger.awaits(ann)).toEqual([]);
    ledger.drafts(sha256('second'));
    expect(await ledger.awaits(ann)).toEqual(['sign-charter']);
  });

  it('waits for who joins or comes back later, and for no active partner', async () => {
    const ledger = new AgendaLedger().governed();
    expect(await ledger.awaits(ann)).toEqual([]);
    ledger.on('2026-03-05').admits(id('dan'));
    expect(await ledger.awaits(id('dan'))).toEqual(['sign-charter']);
    ledger
      .holds(event('PartnerWithdrew', { partnerId: ann }))
      .on('2026-03-06')
      .admits(ann);
    expect(await ledger.awaits(ann)).toEqual(['sign-charter']);
    expect(await ledger.awaits(ann, '2026-03-05')).toEqual([]);
  });
});

describe('a mandate', () => {
  const granted = (validTo: Day | undefined): DomainEvent =>
    event('MandateGranted', {
      ...{ mandateId: id(`mandate ${validTo ?? ''}`), partnerId: ann, personRef: id('ann'), standing: 'titular' },
      ...{ powers: ['take-position'], ceilings: [], validFrom: '2026-01-01', validTo, origin: 'appointed' },
      ...{ adReferendum: false, grantedBy: 'admission' },
    });

  it('is named from 30 days before its last day on, while it is in force', async () => {
    const ledger = new AgendaLedger().governed().holds(granted('2026-05-30'), granted(undefined));
    expect(await ledger.awaits(ann, '2026-04-29')).toEqual([]);
    expect(await ledger.awaits(ann, '2026-04-30')).toEqual(['mandate-ends 2026-05-30']);
    expect(await ledger.awaits(ann, '2026-05-30')).toEqual(['mandate-ends 2026-05-30']);
    expect(await ledger.awaits(ann, '2026-05-31')).toEqual([]);
    expect(await ledger.awaits(bob, '2026-05-30')).toEqual([]);
  });
});

describe('a round', () => {
  const ledger = () => new AgendaLedger().governed().on('2026-03-02');

  it('waits for the partners of its electorate that took no position', async () => {
    const one = ledger().holds(opened('round', '2026-03-16T17:00:00.000Z', [ann, bob]));
    expect(await one.awaits(ann)).toEqual(['take-position 2026-03-16']);
    expect(await one.awaits(cleo)).toEqual([]);
    one.on('2026-03-04').by(voiceOf(ann), position('round', ann));
    expect(await one.awaits(ann)).toEqual([]);
    expect(await one.awaits(ann, '2026-03-03')).toEqual(['take-position 2026-03-16']);
    expect(await one.awaits(bob)).toEqual(['take-position 2026-03-16']);
  });

  it('is over with its last day in the time zone of the alliance, whenever its closing is recorded', async () => {
    const one = ledger().holds(opened('round', '2026-03-16T23:00:00.000Z', [ann]));
    expect(await one.awaits(ann, '2026-03-16')).toEqual(['take-position 2026-03-16']);
    expect(await one.awaits(ann, '2026-03-17')).toEqual([]);
    const closesAt = '2026-03-20T17:00:00.000Z';
    one.holds(event('RoundExtended', { roundId: id('round'), closesAt, cause: 'facilitator' }));
    expect(await one.awaits(ann, '2026-03-17')).toEqual(['take-position 2026-03-20']);
    one.holds(closed('round', 'adopted'));
    expect(await one.awaits(ann)).toEqual([]);
  });

  it('waits for no partner that left', async () => {
    const one = ledger().holds(opened('round', '2026-03-16T17:00:00.000Z', [ann, bob]));
    one.on('2026-03-03').holds(event('PartnerWithdrew', { partnerId: ann }));
    expect(await one.awaits(ann)).toEqual([]);
  });
});

describe('the integration of an objection', () => {
  const objectionId = id('objection');
  const step = (type: 'ObjectionIntegrated' | 'ObjectionResolved' | 'ObjectionAbandoned', more: object = {}) =>
    event(type, { objectionId, version: 2, ...more } as never, { subject: `round/${id('round')}` });
  const confirmed = (side: 'objector' | 'sponsor') =>
    event('ObjectionResolutionConfirmed', { objectionId, side }, { subject: `round/${id('round')}` });
  const integrated = () =>
    new AgendaLedger()
      .governed()
      .on('2026-03-02')
      .holds(event('ProposalDrafted', { proposalId: id('proposal'), decisionType: 'ordinary', sponsorId: bob }))
      .holds(opened('round', '2026-03-16T17:00:00.000Z', [ann]), position('round', ann))
      .holds(
        event('ObjectionRaised', {
          ...{ objectionId, positionId: id('position round'), roundId: id('round'), partnerId: ann },
          ...{ form: 'objection', kind: 'harms-aim', touches: { sort: 'aim' }, reasonGiven: true },
        }),
      )
      .on('2026-03-17')
      .holds(closed('round', 'returned-for-integration'))
      .on('2026-03-18')
      .holds(step('ObjectionIntegrated'));

  it('waits for objector and sponsor, each until it confirmed', async () => {
    const ledger = integrated();
    const both = async () => [await ledger.awaits(ann), await ledger.awaits(bob), await ledger.awaits(cleo)];
    expect(await ledger.awaits(ann, '2026-03-17')).toEqual([]);
    expect(await both()).toEqual([['confirm-resolution'], ['confirm-resolution'], []]);
    ledger.holds(confirmed('objector'));
    expect(await both()).toEqual([[], ['confirm-resolution'], []]);
    ledger.holds(step('ObjectionIntegrated', { version: 3 }));
    expect(await both()).toEqual([['confirm-resolution'], ['confirm-resolution'], []]);
    ledger.holds(confirmed('objector'), confirmed('sponsor'), step('ObjectionResolved'));
    expect(await both()).toEqual([[], [], []]);
  });

  it('rests while it is abandoned, and comes back when that is contested', async () => {
    const ledger = integrated().holds(step('ObjectionAbandoned', { invitedOn: '2026-03-18' }));
    expect([await ledger.awaits(ann), await ledger.awaits(bob)]).toEqual([['contest-abandonment 2026-03-21'], []]);
    expect(await ledger.awaits(ann, '2026-03-22')).toEqual([]);
    ledger.holds(event('ObjectionAbandonmentContested', { objectionId }, { subject: `round/${id('round')}` }));
    expect(await ledger.awaits(ann)).toEqual(['confirm-resolution']);
  });

  it('ends with the proposal, withdrawn or adopted in a later round', async () => {
    const proposalId = id('proposal');
    const gone = integrated().holds(event('ProposalWithdrawn', { proposalId, cause: 'sponsor' }));
    expect(await gone.awaits(ann)).toEqual([]);
    const again = integrated().holds(opened('again', '2026-03-30T17:00:00.000Z', [cleo]));
    expect(await again.awaits(ann)).toEqual(['confirm-resolution']);
    expect(await again.holds(closed('again', 'adopted')).awaits(ann)).toEqual([]);
  });
});

const line = { kind: 'goods', unit: 'piece' } as const;
const declared = (name: string, providerId: Id, attestorId: Id, fulfils: readonly string[] = []): DomainEvent =>
  event('ContributionDeclared', {
    ...{ contributionId: id(name), ...line, amount: '10', providerId, receiverId: attestorId, attestorId },
    fulfils: fulfils.map((obligation) => ({ obligationId: id(obligation), amount: '10' })),
  });
const acknowledged = (name: string, amount: string): DomainEvent =>
  event('ContributionAcknowledged', { contributionId: id(name), amount });
const promised = (name: string, providerId: Id, dueOn: Day): DomainEvent =>
  event('CommitmentMade', {
    ...{ commitmentId: id(name), ...line, amount: '10', providerId, receiverId: cleo, attestorId: cleo },
    ...{ obligation: 'result', dueOn, adReferendum: false },
  });

describe('a contribution', () => {
  it('waits for its attestor until all of it is attested', async () => {
    const ledger = new AgendaLedger()
      .governed()
      .on('2026-03-02')
      .holds(declared('gift', ann, cleo));
    expect(await ledger.awaits(cleo)).toEqual(['attest-contribution']);
    expect(await ledger.awaits(ann)).toEqual([]);
    ledger.holds(acknowledged('gift', '4'));
    expect(await ledger.awaits(cleo)).toEqual(['attest-contribution']);
    ledger.holds(acknowledged('gift', '6'));
    expect(await ledger.awaits(cleo)).toEqual([]);
  });

  it('waits for who takes the attestor’s place, and no longer for the one before', async () => {
    const ledger = new AgendaLedger()
      .governed()
      .on('2026-03-02')
      .holds(declared('gift', ann, cleo))
      .on('2026-03-03');
    ledger.holds(event('AttestorReplaced', { contributionId: id('gift'), attestorId: bob }));
    expect([await ledger.awaits(bob), await ledger.awaits(cleo)]).toEqual([['attest-contribution'], []]);
    expect(await ledger.awaits(cleo, '2026-03-02')).toEqual(['attest-contribution']);
  });
});

describe('a commitment', () => {
  it('is named from 30 days before its due date on, and after it, until nothing is open', async () => {
    const ledger = new AgendaLedger()
      .governed()
      .on('2026-03-02')
      .holds(promised('promise', ann, '2026-04-30'));
    expect(await ledger.awaits(ann, '2026-03-30')).toEqual([]);
    expect(await ledger.awaits(ann, '2026-03-31')).toEqual(['fulfil-commitment 2026-04-30']);
    expect(await ledger.awaits(ann, '2026-06-01')).toEqual(['fulfil-commitment 2026-04-30']);
    expect(await ledger.awaits(cleo, '2026-06-01')).toEqual([]);
    ledger.holds(declared('gift', ann, cleo, ['promise']));
    expect(await ledger.awaits(ann, '2026-04-15')).toEqual(['fulfil-commitment 2026-04-30']);
    ledger.holds(acknowledged('gift', '10'));
    expect(await ledger.awaits(ann, '2026-04-15')).toEqual([]);
  });
});

describe('the agenda', () => {
  it('has what comes first first, and what has no day last', async () => {
    const ledger = new AgendaLedger().governed().on('2026-03-02');
    ledger.holds(
      promised('later', ann, '2026-03-31'),
      declared('gift', bob, ann),
      promised('sooner', ann, '2026-03-10'),
    );
    ledger.holds(opened('round', '2026-03-16T17:00:00.000Z', [ann]));
    expect(await ledger.awaits(ann)).toEqual([
      'fulfil-commitment 2026-03-10',
      'take-position 2026-03-16',
      'fulfil-commitment 2026-03-31',
      'attest-contribution',
    ]);
  });

  it('reads as many rows whatever others gave and promised, and whatever was objected and settled', async () => {
    const rowsRead = async (others: number): Promise<number> => {
      const ledger = new AgendaLedger()
        .governed()
        .on('2026-03-02')
        .holds(declared('gift', ann, cleo));
      for (let n = 0; n < others; n++) {
        const objection = { objectionId: id(`objection ${n}`), roundId: id(`round ${n}`), partnerId: ann };
        ledger.holds(declared(`gift ${n}`, bob, cleo), promised(`promise ${n}`, bob, '2026-03-31'));
        ledger.holds(event('ObjectionRaised', objection as DataOf<'ObjectionRaised'>, { subject: 'round/none' }));
      }
      return ledger.rowsRead(ann);
    };
    expect(await rowsRead(40)).toBe(await rowsRead(0));
  });
});

describe('what the life of a round leaves waiting', () => {
  const asking = () =>
    new AgendaLedger()
      .governed()
      .on('2026-03-02')
      .holds(opened('round', '2026-03-16T17:00:00.000Z', [ann, bob]));
  const onBehalf = event('PositionRecordedOnBehalf', {
    ...{ positionId: id('told'), roundId: id('round'), partnerId: ann, value: 'agree', standing: 'titular' },
    ...{ adReferendum: false, late: false, speakerMandateId: id('mandate'), means: 'phone' },
    ...{ statedAt: '2026-03-02T17:00:00.000Z', evidenceHash: sha256('evidence') },
  });
  const adReferendum = event('PositionTaken', {
    ...{ positionId: id('subject'), roundId: id('round'), partnerId: ann, value: 'agree', standing: 'titular' },
    ...{ channel: 'direct', adReferendum: true, ratifyBy: '2026-04-10', late: false },
  });

  it('does not wait for a partner that recused itself', async () => {
    const one = asking().holds(event('PartnerRecused', { roundId: id('round'), partnerId: ann }));
    expect([await one.awaits(ann), await one.awaits(bob)]).toEqual([[], ['take-position 2026-03-16']]);
  });

  it('asks a partner again that contested what was told on its behalf', async () => {
    const one = asking().holds(onBehalf);
    expect(await one.awaits(ann)).toEqual(['contest-position']);
    one.holds(event('PositionContested', { positionId: id('told') }, { subject: `round/${id('round')}` }));
    expect(await one.awaits(ann)).toEqual(['take-position 2026-03-16']);
  });

  it('waits for the ratification of a position taken ad referendum, to its last day, until it is answered', async () => {
    const one = asking().holds(adReferendum);
    expect(await one.awaits(ann)).toEqual(['ratify-position 2026-04-10']);
    expect(await one.awaits(ann, '2026-04-10')).toEqual(['ratify-position 2026-04-10']);
    expect(await one.awaits(ann, '2026-04-11')).toEqual([]);
    one.holds(event('PositionRatified', { positionId: id('subject') }, { subject: `round/${id('round')}` }));
    expect(await one.awaits(ann)).toEqual([]);
  });

  it('tells who carries a decision out of its review, from 30 days before on, overdue ones too', async () => {
    const adopted = {
      ...{ decisionId: id('decision'), textHash: sha256('text'), decisionType: 'ordinary', method: 'consent' },
      ...{ subjectKey: id('subject'), effectiveFrom: '2026-03-02', reviewOn: '2026-09-30', supersedes: [] },
      ...{ responsible: [ann], conditions: [], dissent: [], awaitingRatification: [], criteria: [] },
    } as unknown as DataOf<'DecisionAdopted'>;
    const one = new AgendaLedger().governed().on('2026-03-02').holds(event('DecisionAdopted', adopted));
    expect(await one.awaits(ann, '2026-08-30')).toEqual([]);
    expect(await one.awaits(ann, '2026-08-31')).toEqual(['review-decision 2026-09-30']);
    expect(await one.awaits(ann, '2026-12-01')).toEqual(['review-decision 2026-09-30']);
    expect(await one.awaits(bob, '2026-12-01')).toEqual([]);
  });
});

describe('advice and amendments', () => {
  const drafted = () =>
    new AgendaLedger()
      .governed()
      .on('2026-03-02')
      .holds(event('ProposalDrafted', { proposalId: id('proposal'), decisionType: 'own-domain', sponsorId: bob }));

  it('asked for waits for its partner to the end of its window, then the sponsor follows it up', async () => {
    const one = drafted().holds(
      event('AdviceRequested', {
        ...{ adviceId: id('advice'), proposalId: id('proposal'), partnerId: ann, because: 'knowledge' },
        windowEnds: '2026-03-10T17:00:00.000Z',
      }),
    );
    expect([await one.awaits(ann, '2026-03-10'), await one.awaits(ann, '2026-03-11')]).toEqual([
      ['give-advice 2026-03-10'],
      [],
    ]);
    expect(await one.awaits(bob)).toEqual([]);
    one.by(voiceOf(ann), event('AdviceGiven', { adviceId: id('advice') }));
    expect([await one.awaits(ann), await one.awaits(bob)]).toEqual([[], ['answer-advice']]);
    one.by(voiceOf(bob), event('AdviceAnswered', { adviceId: id('advice'), followUp: 'followed' }));
    expect(await one.awaits(bob)).toEqual([]);
  });

  it('an amendment waits for the sponsor until it is answered, and no longer once the proposal is withdrawn', async () => {
    const submitted = event('AmendmentSubmitted', {
      ...{ amendmentId: id('amendment'), proposalId: id('proposal'), baseVersion: 1, textHash: sha256('text') },
    });
    const one = drafted().by(voiceOf(ann), submitted);
    expect([await one.awaits(ann), await one.awaits(bob)]).toEqual([[], ['answer-amendment']]);
    one.on('2026-03-04').holds(event('ProposalWithdrawn', { proposalId: id('proposal'), cause: 'sponsor' }));
    expect([await one.awaits(bob, '2026-03-03'), await one.awaits(bob)]).toEqual([['answer-amendment'], []]);
    const rejected = drafted().by(voiceOf(ann), submitted);
    rejected.by(voiceOf(bob), event('AmendmentRejected', { amendmentId: id('amendment') }));
    expect(await rejected.awaits(bob)).toEqual([]);
  });
});
