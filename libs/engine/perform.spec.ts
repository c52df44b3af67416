import { addHours, refuse } from '#kernel';
import type { Id } from '#kernel';
import { MAX_ENTRY_BYTES, MAX_ENTRY_EVENTS } from '#ledger';
import type { Entry } from '#ledger';
import { SeededEntropy } from '#rehearsal';
import { consequence } from './commit.js';
import { perform } from './perform.js';
import type { State } from './state.js';
import { codeOf, only, PlayedAlliance, typesOf } from './testing/played-alliance.js';

const objective = (played: PlayedAlliance) => ({ partnerId: played.partners[0], goalIds: [], statement: 'Notre but' });
const sizeOf = (entry: Entry) => Buffer.byteLength(entry.body);

describe('time comes first', () => {
  it('what was due before a command stands in an entry of the system before the command’s own', async () => {
    const played = await PlayedAlliance.governed();
    await played.asks([]);
    const closesAt = played.state.deliberation.rounds.get(played.state.deliberation.openRounds[0])?.closesAt;
    played.now = '2026-04-01T09:00:00.000Z';
    const { entries, entry } = await played.send(
      'DeclarePartnerObjective',
      objective(played),
      played.mandates[0] ?? '',
    );
    expect(typesOf(entries)).toEqual([['RoundClosed'], ['PartnerObjectiveDeclared']]);
    expect(entries[0]).toMatchObject({ actor: { kind: 'system' }, command: 'Tick', at: played.now });
    expect(entries[0]?.events[0]?.dueAt).toBe(closesAt);
    expect(entry).toBe(entries[1]);
  });

  it('a refused command leaves what was due, and nothing else', async () => {
    const played = await PlayedAlliance.governed();
    await played.asks([]);
    played.now = '2026-04-01T09:00:00.000Z';
    const step = await played.send('DeclarePartnerObjective', objective(played), played.mandates[1] ?? '');
    expect(step.entry).toBeUndefined();
    expect(step.refusal).toBeDefined();
    expect(typesOf(step.entries)).toEqual([['RoundClosed']]);
    expect(step.state.head.seq).toBe(step.entries[0]?.seq);
  });

  it('a command is decided on the state behind what was due: a mandate that ended in between acts no more', async () => {
    const played = await PlayedAlliance.governed();
    const more = { standing: 'substitute', validTo: '2026-03-10' };
    const body = { partnerId: played.partners[0], ...played.mandate('a substitute', more) };
    const { mandateId } = only(await played.accepts('GrantMandate', body, played.mandates[0] ?? ''), 'MandateGranted');
    played.now = '2026-03-10T22:59:59.999Z';
    const inTime = await played.send('DeclarePartnerObjective', objective(played), `mandate/${mandateId}`);
    expect(codeOf(inTime)).toBeUndefined();
    played.now = '2026-03-10T23:00:00.000Z';
    const late = await played.send('DeclarePartnerObjective', objective(played), `mandate/${mandateId}`);
    expect(codeOf(late)).toBe('MANDATE_NOT_IN_FORCE');
    expect(typesOf(late.entries)).toEqual([['MandateEnded']]);
  });

  it('who acts is looked up in the state behind what was due', async () => {
    const played = await PlayedAlliance.governed();
    await played.asks([]);
    const command = await played.prepare('DeclarePartnerObjective', objective(played));
    const before = played.state.head.seq;
    const seen: number[] = [];
    const actorOf = ({ head }: State) => {
      seen.push(head.seq);
      return refuse('NOT_FOUND');
    };
    perform(played.state, { command, actorOf }, '2026-04-01T09:00:00.000Z', new SeededEntropy('other'));
    expect(seen).toEqual([before + 1]);
  });

  it('a tick with nothing due records nothing', async () => {
    const played = await PlayedAlliance.governed();
    await played.asks([]);
    const { head } = played.state;
    expect(played.tick()).toMatchObject({ entries: [], state: { head } });
    played.now = addHours(played.now, 241);
    expect(played.tick().entries).toHaveLength(1);
    expect(played.tick().entries).toEqual([]);
  });

  it('with the clock set back, an entry has the instant of the one before it', async () => {
    const played = await PlayedAlliance.governed();
    const { at } = played.state.head;
    played.now = '2026-03-01T00:00:00.000Z';
    const { entry } = await played.send('DeclarePartnerObjective', objective(played), played.mandates[0] ?? '');
    expect(entry?.at).toBe(at);
  });
});

it('reviews due at one instant come in the order of adoption, however the timer packed the closings', async () => {
  const reviewed = async (ticks: number): Promise<Id[]> => {
    const played = await PlayedAlliance.governed();
    played.now = '2026-03-05T09:00:00.000Z';
    await played.asks([0, 1, 2]);
    played.now = '2026-03-05T10:00:00.000Z';
    await played.asks([0, 1, 2]);
    for (const at of ['2026-03-07T09:30:00.000Z', '2026-03-07T11:00:00.000Z'].slice(-ticks)) {
      played.now = at;
      played.tick();
    }
    played.now = '2026-12-02T09:00:00.000Z';
    played.tick();
    const events = played.entries.flatMap((entry) => entry.events);
    const adopted = events.flatMap((event) => (event.type === 'DecisionAdopted' ? [event.data.decisionId] : []));
    const due = events.flatMap((event) => (event.type === 'ReviewDue' ? [event.data.decisionId] : []));
    expect(due).toEqual(adopted);
    return due;
  };
  const often = await reviewed(2);
  expect(often).toHaveLength(2);
  expect(await reviewed(1)).toEqual(often);
});

describe('the consequences of a command', () => {
  it('stand in its own commit', async () => {
    const played = await new PlayedAlliance().formed();
    for (const index of [0, 1, 2]) await played.admits(index);
    await played.accepts('DraftCharter', { charter: {} }, played.facilitator);
    await played.signs(0);
    await played.signs(1);
    const { entries } = await played.signs(2);
    expect(typesOf(entries)).toEqual([['CharterSigned', 'CharterAdopted']]);
  });

  it('go on in entries of the system directly behind, at the same instant, when the commit is full', async () => {
    const [mandates, rounds] = [40, 70];
    const played = await PlayedAlliance.governed(4, { minOpenHours: 1 });
    for (let made = 1; made < mandates; made++) {
      const body = {
        partnerId: played.partners[3],
        ...played.mandate(`person of four ${String(made)}`, { standing: 'substitute' }),
      };
      await played.accepts('GrantMandate', body, played.mandates[3] ?? '');
    }
    for (let round = 0; round < rounds; round++) await played.asks([0, 1, 2]);
    played.now = addHours(played.now, 2);
    const body = { partnerId: played.partners[3] };
    const { entries, entry } = await played.send('WithdrawPartner', body, played.mandates[3] ?? '');
    expect(entry).toBe(entries[0]);
    expect(entries.length).toBeGreaterThan(2);
    expect(entries.map(({ actor }) => actor.kind)).toEqual(['representative', ...entries.slice(1).map(() => 'system')]);
    expect(new Set(entries.map(({ at }) => at))).toEqual(new Set([played.now]));
    for (const each of entries) {
      expect(each.events.length).toBeLessThanOrEqual(MAX_ENTRY_EVENTS);
      expect(sizeOf(each)).toBeLessThanOrEqual(MAX_ENTRY_BYTES);
    }
    const types = typesOf(entries).flat();
    const times = (type: string) => types.filter((one) => one === type).length;
    expect([times('MandateEnded'), times('RoundClosed'), times('DecisionAdopted')]).toEqual([mandates, rounds, rounds]);
    expect(entries.flatMap(({ events }) => events).filter(({ dueAt }) => dueAt !== undefined)).toEqual([]);
    expect(consequence(played.state, played.now)).toBeUndefined();
  });

  it('of something due count from the same instant, also in the next entry', async () => {
    const played = await PlayedAlliance.governed();
    const request = { partnerIds: [], kind: 'goods', unit: 'piece', amount: '1' };
    const requests = Array.from({ length: 50 }, () => ({ ...request, partnerIds: Array(35).fill(played.partners[0]) }));
    await played.asks([0, 1, 2], { requests });
    const dueAt = addHours(played.now, 48);
    played.now = '2026-04-01T09:00:00.000Z';
    const { entries } = played.tick();
    expect(entries.length).toBeGreaterThan(1);
    const events = entries.flatMap((entry) => entry.events);
    expect(events.filter(({ type }) => type === 'ResourceRequested')).toHaveLength(50);
    expect(new Set(events.map((event) => event.dueAt))).toEqual(new Set([dueAt]));
  });
});

describe('an entry', () => {
  /** A proposal whose entry has so many bytes, by repeated partners and the digits of one amount. */
  async function proposalOf(played: PlayedAlliance, bytes: number) {
    const as = played.mandates[0] ?? '';
    const draft = { decisionType: 'ordinary', title: 'Une proposition', driver: 'Un motif' };
    const { proposalId } = only(await played.accepts('DraftProposal', draft, as), 'ProposalDrafted');
    const request = (partners: number, digits: number) => ({
      partnerIds: Array(partners).fill(played.partners[0]) as string[],
      ...{ kind: 'goods', unit: 'piece', amount: '1'.repeat(digits) },
    });
    const body = (partners: number, digits: number) => ({
      ...{ proposalId, text: 'Un texte', reviewOn: '2026-12-01' },
      requests: Array.from({ length: 20 }, (_, n) =>
        request(n < 19 ? 100 : partners, n < 10 ? 1 + Math.max(0, Math.min(8, digits - 8 * n)) : 1),
      ),
    });
    const before = { state: played.state, entries: played.entries.length };
    const sizeWith = async (partners: number, digits: number) => {
      const { entry } = await played.send('SubmitProposal', body(partners, digits), as);
      played.state = before.state;
      return entry ? sizeOf(entry) : 0;
    };
    const missing = bytes - (await sizeWith(1, 0));
    return body(1 + Math.floor(missing / 29), missing % 29);
  }

  it('of 60,000 bytes is recorded; with one more the command is refused, and nothing is recorded', async () => {
    const played = await PlayedAlliance.governed();
    const as = played.mandates[0] ?? '';
    const { state } = played;
    const atLimit = await played.send('SubmitProposal', await proposalOf(played, MAX_ENTRY_BYTES), as);
    expect(atLimit.entry && sizeOf(atLimit.entry)).toBe(MAX_ENTRY_BYTES);
    const head = played.state.head;
    const above = await played.send('SubmitProposal', await proposalOf(played, MAX_ENTRY_BYTES + 1), as);
    expect(codeOf(above)).toBe('ENTRY_TOO_LARGE');
    expect(above.entries).toEqual([]);
    expect(state.head.seq).toBeLessThan(head.seq);
  });
});
