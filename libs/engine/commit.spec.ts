import { event } from '#contracts';
import type { DomainEvent } from '#contracts';
import { addHours, hashedId } from '#kernel';
import { MAX_ENTRY_BYTES, MAX_ENTRY_EVENTS } from '#ledger';
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

  it('is never counted shorter than its body', async () => {
    const played = await PlayedAlliance.governed();
    await played.asks([0, 1, 2], { requests: [{ partnerIds: [], kind: 'goods', unit: 'piece', amount: '1' }] });
    played.now = addHours(played.now, 49);
    played.tick();
    for (const entry of played.entries) {
      const commit = new Commit(played.state, at, entry.actor);
      for (const one of entry.events) commit.add(one);
      const filler = MAX_ENTRY_BYTES - Buffer.byteLength(entry.body);
      expect(commit.fits(large(Math.ceil(filler / 29)))).toBe(false);
    }
  });

  it('tried out in a fork stays as it was', async () => {
    const commit = await commitOn();
    commit.add(small());
    const fork = commit.fork();
    fork.add(small());
    expect([commit.events.length, fork.events.length]).toEqual([1, 2]);
    for (let made = 0; made < MAX_ENTRY_EVENTS; made++) fork.add(large(20));
    expect([commit.fits(), fork.fits()]).toEqual([true, false]);
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
