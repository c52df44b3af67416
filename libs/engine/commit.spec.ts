import { event } from '#contracts';
import type { DomainEvent } from '#contracts';
import { hashedId } from '#kernel';
import { makeEntry, MAX_ENTRY_BYTES, MAX_ENTRY_EVENTS, seal } from '#ledger';
import { SeededEntropy } from '#rehearsal';
import { Commit, consequence } from './commit.js';
import { PlayedAlliance } from './testing/played-alliance.js';

const at = '2026-03-20T09:00:00.000Z';
const system = { kind: 'system' } as const;
const small = (): DomainEvent => event('ProposalSponsored', { proposalId: hashedId('no'), partnerId: hashedId('one') });
const large = (ids: number): DomainEvent =>
  event('ResourceRequested', {
    ...{ requestId: hashedId('request'), kind: 'goods', unit: 'piece', amount: '1' },
    partnerIds: Array.from({ length: ids }, () => hashedId('partner')),
  });

const partner = hashedId('partner');
const sealedFourTimes = (): DomainEvent => {
  const sealed = { preamble: seal('Nous'), values: seal('Nous'), collegeLabels: seal({}), charterKey: seal('key') };
  return event('CharterDrafted', {} as never, { sealed, subject: `charter/${partner}` });
};

/** A commit on an alliance in which nothing is due or demanded. */
async function commitOn(): Promise<Commit> {
  const { state } = await PlayedAlliance.governed();
  return new Commit(state, at, system);
}

describe('a commit', () => {
  it('holds a hundred events and no more', async () => {
    const commit = await commitOn();
    for (let made = 0; made < MAX_ENTRY_EVENTS; made++) commit.add(small());
    expect(commit.fits()).toBe(true);
    expect(commit.fits(small())).toBe(false);
    commit.add(small());
    expect(commit.fits()).toBe(false);
  });

  it('holds no event that could make its body too long', async () => {
    const commit = await commitOn();
    commit.add(large(1900));
    expect(commit.fits()).toBe(true);
    expect(commit.fits(large(200))).toBe(false);
    expect(commit.fits(small())).toBe(true);
  });

  it.each([
    ['one event', 0],
    ['many sealed texts', 60],
  ])('of %s, as long as it may be, makes a body within the limit', async (_what, sealedEvents) => {
    const { state } = await PlayedAlliance.governed();
    const actor = { kind: 'representative', partner, mandate: partner, person: partner } as const;
    const commit = new Commit(state, at, actor);
    for (let made = 0; made < sealedEvents; made++) commit.add(sealedFourTimes());
    let ids = 0;
    for (let step = 1024; step >= 1; step /= 2) if (commit.fits(large(ids + step))) ids += step;
    commit.add(large(ids));
    const draft = { at, actor, command: { id: partner, name: 'ContestAbandonment' }, events: commit.events };
    const body = Buffer.byteLength(makeEntry(state.head, draft, new SeededEntropy('body')).body);
    expect(body).toBeLessThanOrEqual(MAX_ENTRY_BYTES);
    expect(body).toBeGreaterThan(MAX_ENTRY_BYTES / 2);
  });

  it('tried out in a fork stays as it was', async () => {
    const commit = await commitOn();
    commit.add(small());
    const fork = commit.fork();
    fork.add(small());
    expect([commit.events.length, fork.events.length]).toEqual([1, 2]);
    fork.add(large(1900));
    expect([commit.fits(large(200)), fork.fits(large(200)), fork.fork().fits(large(200))]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('gives each event its place, and due ones their own instant', async () => {
    const { state } = await PlayedAlliance.governed();
    const commit = new Commit(state, at, system);
    expect([commit.seq, commit.alliance]).toEqual([state.head.seq + 1, state.head.alliance]);
    const dueAt = '2026-03-19T23:00:00.000Z';
    commit.add({ ...small(), dueAt });
    expect(commit.state.deliberation.lastAt).toBe(dueAt);
    commit.add(small());
    expect(commit.state.deliberation.lastAt).toBe(at);
  });

  it('before the first entry has no alliance of which the system could say something', () => {
    const empty = new PlayedAlliance();
    expect(() => new Commit(empty.state, at, system).alliance).toThrow('no alliance yet');
  });
});

describe('settling', () => {
  /** Everybody has answered a round that must stay open for another while: nothing is demanded before. */
  async function answered(): Promise<Commit> {
    const played = await PlayedAlliance.governed();
    await played.asks([0, 1, 2]);
    return new Commit(played.state, played.state.head.at, system);
  }

  it('adds nothing where nothing is demanded', async () => {
    const commit = await answered();
    expect(consequence(commit.state, at)).toBeUndefined();
    expect([commit.settle(at), commit.events]).toEqual([true, []]);
  });

  it('adds what an event demands, until nothing more is', async () => {
    const played = await PlayedAlliance.governed(4);
    const commit = new Commit(played.state, at, system);
    const partnerId = played.partners[3] ?? hashedId('none');
    commit.add(event('PartnerWithdrew', { partnerId }));
    expect(commit.settle(at)).toBe(true);
    expect(commit.events.map(({ type }) => type)).toEqual(['PartnerWithdrew', 'MandateEnded']);
    expect(consequence(commit.state, at)).toBeUndefined();
  });

  it('stops before what no longer fits, which stays demanded', async () => {
    const played = await PlayedAlliance.governed(4);
    const commit = new Commit(played.state, at, system);
    for (let made = 1; made < MAX_ENTRY_EVENTS; made++) commit.add(small());
    commit.add(event('PartnerWithdrew', { partnerId: played.partners[3] ?? hashedId('none') }));
    expect(commit.settle(at)).toBe(false);
    expect(commit.events).toHaveLength(MAX_ENTRY_EVENTS);
    expect(consequence(commit.state, at)?.type).toBe('MandateEnded');
  });

  it('of something due gives each consequence the same instant', async () => {
    const played = await PlayedAlliance.governed(4);
    const commit = new Commit(played.state, at, system);
    const dueAt = '2026-03-19T23:00:00.000Z';
    commit.add({ ...event('PartnerWithdrew', { partnerId: played.partners[3] ?? hashedId('none') }), dueAt });
    expect(commit.settle(dueAt, dueAt)).toBe(true);
    expect(commit.events.map((one) => one.dueAt)).toEqual([dueAt, dueAt]);
  });
});
