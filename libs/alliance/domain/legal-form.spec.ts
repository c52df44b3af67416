import type { Id } from '#kernel';
import { FAY, founded, governed, hash, id, person } from './testing.js';
import type { Play } from './testing.js';

const outside = { registerScheme: 'siren', registerCode: '356000000', consentHash: hash('consent') } as const;
const designation = { ...outside, validFrom: '2026-01-05' };
const structuring = {
  legalForm: 'association',
  registerScheme: 'none',
  effectiveFrom: '2026-02-01',
  statutesHash: hash('statutes'),
} as const;

/** A decision on a carrier that is no partner, named by the id that it will have. */
const onCarrier = (play: Play, name: string) => play.decided('carrier', { sort: 'carrier', id: id(name) });

describe('designating a carrier', () => {
  it('needs a decision of type carrier, in force, with a target that fits', () => {
    const { play, ann } = governed();
    const decisionId = onCarrier(play, 'c1');
    for (const bad of [
      undefined,
      play.decided('carrier'),
      play.decided('carrier', { sort: 'partner', id: ann.partnerId }),
    ])
      expect(play.tries(FAY, 'DesignateCarrier', { ...designation, decisionId: bad })).toBe('DECISION_REQUIRED');
    expect(play.answers.legalForm()).toBe('informal');
    expect(play.tries(ann.actor, 'DesignateCarrier', { ...designation, decisionId })).toEqual(['CarrierDesignated']);
    expect(play.dataOf('CarrierDesignated')).toEqual({ carrierId: id('c1'), ...designation, decisionId });
    expect(play.answers.legalForm()).toBe('carried');
  });

  it('takes an active partner, named as the target itself', () => {
    const { play, ann, bob } = governed();
    const decisionId = play.decided('carrier', { sort: 'carrier', id: bob.partnerId });
    const { partnerId } = bob;
    const other = { ...designation, decisionId, partnerId: ann.partnerId };
    expect(play.tries(FAY, 'DesignateCarrier', other)).toBe('DECISION_REQUIRED');
    expect(play.tries(FAY, 'DesignateCarrier', { ...other, partnerId: id('x') })).toBe('PARTNER_NOT_ACTIVE');
    expect(play.tries(FAY, 'DesignateCarrier', { ...designation, decisionId, partnerId })).toHaveLength(1);
    expect(play.answers.carrierOn('2026-01-05')).toMatchObject({ partnerId });
    expect(play.answers.carrierOn('2026-01-04')).toBeUndefined();
  });

  it('of another one ends the one before, at the same instant', () => {
    const { play } = governed();
    play.does(FAY, 'DesignateCarrier', { ...designation, decisionId: onCarrier(play, 'c1') });
    const decisionId = onCarrier(play, 'c2');
    expect(play.tries(FAY, 'DesignateCarrier', { ...designation, decisionId })).toBe('WRONG_STATE');
    play.at('2026-03-01T10:00:00.000Z');
    const next = { ...designation, registerCode: '443061841', decisionId };
    expect(play.tries(FAY, 'DesignateCarrier', next)).toBe('DATE_INVALID');
    const handOver = { ...next, validFrom: '2026-03-01' };
    expect(play.tries(FAY, 'DesignateCarrier', handOver)).toEqual(['CarrierEnded', 'CarrierDesignated']);
    expect(play.dataOf('CarrierEnded')).toEqual({ carrierId: id('c1'), decisionId });
    expect(play.answers.carrierOn('2026-02-28')).toMatchObject({ carrierId: id('c1') });
    expect(play.answers.carrierOn('2026-03-01')).toMatchObject({ carrierId: id('c2') });
    expect(play.answers.isCarrierOn(id('c1'), '2026-03-01')).toBe(true);
    expect(play.answers.isCarrierOn(id('c1'), '2026-03-02')).toBe(false);
  });

  it('refuses a bad code, a later day, and a day before the carrier that it ends', () => {
    const { play } = governed();
    const c1 = { ...designation, decisionId: onCarrier(play, 'c1') };
    expect(play.tries(FAY, 'DesignateCarrier', { ...c1, registerCode: '1' })).toBe('IDENTIFIER_INVALID');
    expect(play.tries(FAY, 'DesignateCarrier', { ...c1, occurredOn: '2026-01-06' })).toBe('FUTURE_FACT');
    play.does(FAY, 'DesignateCarrier', { ...c1, occurredOn: '2026-01-03' });
    const c2 = { ...designation, registerCode: '443061841', decisionId: onCarrier(play, 'c2') };
    expect(play.tries(FAY, 'DesignateCarrier', { ...c2, occurredOn: '2026-01-02' })).toBe('OCCURRED_BEFORE_CAUSE');
  });

  it('gives the carrier no capacity', () => {
    const { play } = governed();
    const held = play.state.holdings;
    play.does(FAY, 'DesignateCarrier', { ...designation, decisionId: onCarrier(play, 'c1') });
    expect(play.state.holdings).toBe(held);
    expect(play.answers.activePartners()).toHaveLength(3);
  });
});

describe('the end of a carrier', () => {
  function carried() {
    const { play, ann } = governed();
    const decisionId = onCarrier(play, 'c1');
    play.does(FAY, 'DesignateCarrier', { ...designation, decisionId });
    return { play, ann, designating: decisionId, carrierId: id('c1') };
  }

  it('takes another decision on it than the one that designated it', () => {
    const { play, ann, designating, carrierId } = carried();
    for (const decisionId of [undefined, designating, onCarrier(play, 'c9')])
      expect(play.tries(ann.actor, 'EndCarrier', { carrierId, decisionId })).toBe('DECISION_REQUIRED');
    const decisionId = onCarrier(play, 'c1');
    expect(play.tries(ann.actor, 'EndCarrier', { carrierId, decisionId })).toEqual(['CarrierEnded']);
    expect(play.answers.legalForm()).toBe('informal');
    expect(play.tries(ann.actor, 'EndCarrier', { carrierId, decisionId })).toBe('WRONG_STATE');
    expect(play.tries(ann.actor, 'EndCarrier', { carrierId: id('x'), decisionId })).toBe('NOT_FOUND');
  });

  it("or the carrier's own notice, which the facilitator records", () => {
    const { play, ann, carrierId } = carried();
    const notice = { carrierId, noticeHash: hash('notice') };
    expect(play.tries(ann.actor, 'EndCarrier', notice)).toBe('DECISION_REQUIRED');
    expect(play.tries(FAY, 'EndCarrier', { carrierId })).toBe('DECISION_REQUIRED');
    expect(play.tries(FAY, 'EndCarrier', { ...notice, occurredOn: '2026-01-04' })).toBe('OCCURRED_BEFORE_CAUSE');
    expect(play.tries(FAY, 'EndCarrier', notice)).toEqual(['CarrierEnded']);
    expect(play.dataOf('CarrierEnded')).toEqual(notice);
  });
});

describe('structuring', () => {
  it('needs a decision of type structuring, happens once, and is final', () => {
    const { play, ann } = governed();
    for (const decisionId of [undefined, play.decided('ordinary')])
      expect(play.tries(FAY, 'StructureAlliance', { ...structuring, decisionId })).toBe('DECISION_REQUIRED');
    const decisionId = play.decided('structuring');
    const bad = { ...structuring, registerScheme: 'rna', registerCode: 'X1', decisionId } as const;
    expect(play.tries(FAY, 'StructureAlliance', bad)).toBe('IDENTIFIER_INVALID');
    const later = { ...structuring, occurredOn: '2026-01-06', decisionId };
    expect(play.tries(FAY, 'StructureAlliance', later)).toBe('FUTURE_FACT');
    expect(play.tries(ann.actor, 'StructureAlliance', { ...structuring, decisionId })).toEqual(['AllianceStructured']);
    expect(play.answers.legalForm()).toBe('incorporated');
    expect(play.tries(FAY, 'StructureAlliance', { ...structuring, decisionId })).toBe('WRONG_STATE');
    const carrier = { ...designation, decisionId: onCarrier(play, 'c1') };
    expect(play.tries(FAY, 'DesignateCarrier', carrier)).toBe('WRONG_STATE');
  });

  it('ends the carrier in its own commit, and leaves partners and mandates as they are', () => {
    const { play } = governed();
    play.does(FAY, 'DesignateCarrier', { ...designation, decisionId: onCarrier(play, 'c1') });
    const { partners, mandates, members } = play.state;
    const decisionId = play.decided('structuring');
    expect(play.tries(FAY, 'StructureAlliance', { ...structuring, decisionId })).toEqual([
      'CarrierEnded',
      'AllianceStructured',
    ]);
    expect(play.dataOf('CarrierEnded')).toEqual({ carrierId: id('c1'), decisionId });
    expect(play.state).toMatchObject({ members });
    expect(play.state.partners).toBe(partners);
    expect(play.state.mandates).toBe(mandates);
  });
});

describe('dissolution', () => {
  it('needs a decision of type dissolution and no open round, and counts the open commitments', () => {
    const { play, ann } = governed();
    const decisionId = play.decided('dissolution');
    expect(play.tries(FAY, 'DissolveAlliance', {})).toBe('DECISION_REQUIRED');
    play.openRounds = [id('round')];
    expect(play.tries(FAY, 'DissolveAlliance', { decisionId })).toBe('ROUND_OPEN');
    play.openRounds = [];
    play.openCommitments = [id('a'), id('b')];
    expect(play.tries(ann.actor, 'DissolveAlliance', { decisionId })).toEqual(['AllianceDissolved']);
    expect(play.dataOf('AllianceDissolved')).toMatchObject({ decisionId, openCommitments: 2 });
    expect(play.answers.isDissolved()).toBe(true);
  });

  it('is not while forming, when there are no decisions', () => {
    const { play } = founded();
    expect(play.tries(FAY, 'DissolveAlliance', {})).toBe('DECISION_REQUIRED');
  });

  it('is the last act but audit reports, and nothing becomes due afterwards', () => {
    const { play, ann } = governed();
    const oda = { personRef: person('oda'), validFrom: '2026-01-01', validTo: '2027-12-31' };
    const accessId = play.does(FAY, 'OpenAudit', oda)['accessId'] as Id;
    play.does(FAY, 'DissolveAlliance', { decisionId: play.decided('dissolution') });
    const refused = [
      play.tries(FAY, 'InvitePartner', { kind: 'other', registerScheme: 'none' }),
      play.tries(ann.actor, 'WithdrawPartner', { partnerId: ann.partnerId }),
      play.tries(ann.actor, 'EndMandate', { mandateId: ann.mandateId }),
      play.tries(FAY, 'EndAccess', { accessId }),
      play.tries(FAY, 'DissolveAlliance', {}),
    ];
    expect(new Set(refused)).toEqual(new Set(['ALLIANCE_DISSOLVED']));
    expect(play.at('2027-01-05T10:00:00.000Z').last).toEqual([]);
    const report = { accessId, fromSeq: 0, toSeq: 1, differences: 0, reportHash: hash('report') };
    const auditor = { kind: 'auditor', person: person('oda') } as const;
    expect(play.tries(auditor, 'FileAuditReport', report)).toEqual(['AuditReportFiled']);
  });
});
