import type { Actor, Id } from '#kernel';
import { admit, FAY, formed, founded, governed, hash, id, person } from './testing.js';

const term = { personRef: person('oda'), validFrom: '2026-01-01', validTo: '2026-03-31' };
const ODA: Actor = { kind: 'auditor', person: person('oda') };
const report = { fromSeq: 0, toSeq: 3, differences: 0, reportHash: hash('report') };

describe('read access', () => {
  it('is given by the facilitator, for a term that is not over', () => {
    const { play, ann } = founded();
    const access = { role: 'observer', ...term } as const;
    expect(play.tries(ann.actor, 'GrantAccess', access)).toBe('POWER_MISSING');
    expect(play.tries(FAY, 'GrantAccess', { ...access, validTo: '2026-01-04' })).toBe('DATE_INVALID');
    expect(play.tries(FAY, 'GrantAccess', { ...access, validTo: '2025-12-31' })).toBe('DATE_INVALID');
    expect(play.tries(FAY, 'GrantAccess', access)).toEqual(['AccessGranted']);
  });

  it('for an audit is opened by R(propose) of any partner too', () => {
    const { play, ann } = founded();
    const mute = admit(play, 'mia', { powers: ['speak'] });
    expect(play.tries(mute.actor, 'OpenAudit', term)).toBe('POWER_MISSING');
    expect(play.tries(ann.actor, 'OpenAudit', { ...term, validTo: '2026-01-04' })).toBe('DATE_INVALID');
    expect(play.tries(ann.actor, 'OpenAudit', term)).toEqual(['AuditOpened']);
    expect(play.dataOf('AuditOpened')).toMatchObject({ role: 'auditor', ...term });
    expect(play.tries(FAY, 'OpenAudit', term)).toEqual(['AuditOpened']);
  });

  it('is ended by the facilitator; that of an audit by R(propose) too', () => {
    const { play, ann } = founded();
    const accessId = play.does(FAY, 'GrantAccess', { role: 'observer', ...term })['accessId'] as Id;
    const auditId = play.does(FAY, 'OpenAudit', term)['accessId'] as Id;
    expect(play.tries(ann.actor, 'EndAccess', { accessId })).toBe('POWER_MISSING');
    expect(play.tries(FAY, 'EndAccess', { accessId })).toEqual(['AccessEnded']);
    expect(play.tries(ann.actor, 'EndAccess', { accessId: auditId })).toEqual(['AccessEnded']);
    expect(play.tries(ann.actor, 'EndAccess', { accessId: auditId })).toBe('WRONG_STATE');
    expect(play.tries(FAY, 'EndAccess', { accessId: id('x') })).toBe('NOT_FOUND');
  });

  it('ends by itself at 00:00 after its last day', () => {
    const play = formed();
    const accessId = play.does(FAY, 'GrantAccess', { role: 'observer', ...term })['accessId'] as Id;
    expect(play.at('2026-03-31T21:59:59.999Z').last).toEqual([]);
    expect(play.at('2026-03-31T22:00:00.000Z').last).toMatchObject([{ type: 'AccessEnded', data: { accessId } }]);
  });
});

describe('an audit report', () => {
  it('is filed by the auditor under its own engagement in force', () => {
    const { play } = governed();
    const accessId = play.does(FAY, 'OpenAudit', term)['accessId'] as Id;
    const observerId = play.does(FAY, 'GrantAccess', { role: 'observer', ...term })['accessId'] as Id;
    const another: Actor = { kind: 'auditor', person: person('pia') };
    expect(play.tries(FAY, 'FileAuditReport', { accessId, ...report })).toBe('POWER_MISSING');
    expect(play.tries(another, 'FileAuditReport', { accessId, ...report })).toBe('POWER_MISSING');
    expect(play.tries(ODA, 'FileAuditReport', { accessId: observerId, ...report })).toBe('POWER_MISSING');
    expect(play.tries(ODA, 'FileAuditReport', { accessId: id('x'), ...report })).toBe('NOT_FOUND');
    expect(play.tries(ODA, 'FileAuditReport', { accessId, ...report })).toEqual(['AuditReportFiled']);
    play.does(FAY, 'EndAccess', { accessId });
    expect(play.tries(ODA, 'FileAuditReport', { accessId, ...report })).toBe('NOT_IN_FORCE');
  });

  it('is on entries that there are, and not of a later day', () => {
    const { play } = governed();
    const accessId = play.does(FAY, 'OpenAudit', term)['accessId'] as Id;
    const file = (more: object) => play.tries(ODA, 'FileAuditReport', { accessId, ...report, ...more });
    expect(file({ fromSeq: 4 })).toBe('NOT_LATER');
    expect(file({ toSeq: 1000 })).toBe('NOT_FOUND');
    expect(file({ occurredOn: '2026-01-06' })).toBe('FUTURE_FACT');
    expect(file({ occurredOn: '2025-12-24' })).toEqual(['AuditReportFiled']);
  });
});
