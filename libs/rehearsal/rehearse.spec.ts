import type { Json } from '#kernel';
import { Rehearsal } from './rehearse.js';
import type { QueryLine } from './script-line.js';
import { SeededEntropy } from './seeded-entropy.js';

const FORM = {
  ...{ at: '2026-03-02T09:00:00Z', as: { kind: 'account', person: '$p:camille' }, command: 'FormAlliance' },
  arguments: {
    ...{ timeZone: 'Europe/Paris', locale: 'fr', name: 'Les Rives' },
    facilitator: { validFrom: '2026-03-02', validTo: '2026-03-31', name: 'Camille' },
  },
  let: { f: 'facilitatorId' },
};
const facilitator = { kind: 'facilitator', facilitator: '$f' };
const INVITE = {
  ...{ at: '2026-03-03T09:00:00Z', as: facilitator, command: 'InvitePartner' },
  arguments: { kind: 'association', registerScheme: 'none', legalName: 'Un partenaire' },
  let: { partner: 'partnerId' },
};

interface Answer {
  readonly line?: number;
  readonly seq?: number;
  readonly hash?: string;
  readonly refused?: string;
  readonly pointer?: string;
  readonly fault?: string;
  readonly data?: unknown;
  readonly events: readonly {
    readonly type: string;
    readonly dueAt?: string;
    readonly data: Record<string, unknown>;
  }[];
}

const asked: QueryLine[] = [];
const rehearsal = (seed = '1') =>
  new Rehearsal(seed, async ({ entries }, line): Promise<Json> => {
    asked.push(line);
    return entries.length;
  });
const play = async (one: Rehearsal, line: object) => (await one.play(JSON.stringify(line))) as unknown as Answer;

async function formed(): Promise<Rehearsal> {
  const one = rehearsal();
  await play(one, FORM);
  return one;
}

describe('the answer to a command', () => {
  it('has the recorded events, the new head, and the number of the line', async () => {
    const answer = await play(rehearsal(), FORM);
    expect(answer).toMatchObject({ line: 1, seq: 0 });
    expect(answer.hash).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(answer.events.map(({ type }) => type)).toEqual(['AllianceFormed', 'FacilitatorAppointed']);
    expect(answer.events[0]?.dueAt).toBeUndefined();
  });

  it('has what was due before it, even when the command is refused', async () => {
    const one = await formed();
    const answer = await play(one, { ...INVITE, at: '2026-04-02T09:00:00Z' });
    expect(answer).toMatchObject({ line: 2, seq: 1 });
    expect(answer.refused).toBeDefined();
    expect(answer.events).toMatchObject([{ type: 'FacilitatorEnded', dueAt: '2026-03-31T22:00:00.000Z' }]);
  });

  it('binds a name to what the command recorded rather than to what was due before it', async () => {
    const one = rehearsal();
    const until = { ...FORM.arguments, facilitator: { ...FORM.arguments.facilitator, validTo: '2027-03-01' } };
    await play(one, { ...FORM, arguments: until });
    const first = (await play(one, INVITE)).events[0]?.data['partnerId'];
    const late = { ...INVITE, at: '2026-06-20T09:00:00Z', let: { second: 'partnerId' } };
    const { events } = await play(one, late);
    expect(events.map(({ type }) => type)).toEqual(['InvitationClosed', 'PartnerInvited']);
    const closing = { partnerId: '$second', reason: 'Une erreur' };
    const closed = await play(one, { ...late, command: 'CloseInvitation', arguments: closing });
    expect(closed.events[0]?.data['partnerId']).toBe(events[1]?.data['partnerId']);
    expect(events[0]?.data['partnerId']).toBe(first);
  });

  it('is a refusal, after which the script goes on', async () => {
    const one = await formed();
    const refused = await play(one, { ...INVITE, as: { kind: 'citizen', person: '$p:bob' } });
    expect(refused).toMatchObject({ line: 2, seq: 0, events: [] });
    expect(refused.refused).toBeDefined();
    expect((await play(one, INVITE)).seq).toBe(1);
  });

  it('is a fault with its place when the command or its arguments cannot be read; nothing is recorded', async () => {
    const one = await formed();
    expect(await play(one, { ...INVITE, command: 'SeizePower' })).toMatchObject({ pointer: '/command' });
    const wrong = { ...INVITE, arguments: { ...INVITE.arguments, kind: 'gang' } };
    expect(await play(one, wrong)).toMatchObject({ pointer: '/arguments/kind' });
    expect(one.entries).toHaveLength(1);
  });

  it('is the refusal of the domain when only the domain can say what is wrong with an argument', async () => {
    const one = await formed();
    const need = { kind: 'goods', unit: 'piece', amount: '1.50' };
    const asking = { ...INVITE, at: '2026-04-02T09:00:00Z', command: 'RequestResource', arguments: need };
    const answer = await play(one, asking);
    expect(answer).toMatchObject({ refused: 'AMOUNT_INVALID', pointer: '/amount' });
    expect(answer.events).toMatchObject([{ type: 'FacilitatorEnded' }]);
  });

  it('knows no capacity that was never given', async () => {
    const one = await formed();
    for (const as of [
      { kind: 'facilitator', facilitator: 'c'.repeat(26) },
      { kind: 'representative', mandate: 'c'.repeat(26) },
      { kind: 'auditor', access: 'c'.repeat(26) },
    ]) {
      const pointer = `/as/${Object.keys(as)[1] ?? ''}`;
      expect(await play(one, { ...INVITE, as })).toMatchObject({ refused: 'NOT_FOUND', pointer });
    }
  });
});

describe('let', () => {
  it('binds a name to that field of the first event of the answer that has it', async () => {
    const one = await formed();
    const invited = await play(one, INVITE);
    const closing = { at: '2026-03-04T09:00:00Z', as: facilitator, command: 'CloseInvitation' };
    const closed = await play(one, { ...closing, arguments: { partnerId: '$partner' } });
    expect(closed.events[0]?.data['partnerId']).toBe(invited.events[0]?.data['partnerId']);
  });

  it('binds numbers and lists as they are, and nothing when no event has the field', async () => {
    const one = await formed();
    const draft = { at: '2026-03-04T09:00:00Z', as: facilitator, command: 'DraftCharter', arguments: { charter: {} } };
    await play(one, { ...draft, let: { v: 'charterVersion', none: 'partnerId' } });
    const named = (name: string) => play(one, { at: '2026-03-05T09:00:00Z', query: 'members', arguments: { name } });
    await named('$v');
    expect(asked.at(-1)?.arguments).toEqual({ name: 1 });
    expect(await named('$none')).toEqual({ pointer: '/arguments/name', fault: 'nothing is called $none' });
  });

  it('keeps a name until it is bound again, also to what was due', async () => {
    const one = await formed();
    const ended = await play(one, {
      at: '2026-04-02T09:00:00Z',
      command: 'Tick',
      let: { f: 'facilitatorId', cause: 'cause' },
    });
    expect(ended.events).toHaveLength(1);
    await play(one, { at: '2026-04-02T09:00:00Z', query: 'members', arguments: { name: '$cause' } });
    expect(asked.at(-1)?.arguments).toEqual({ name: 'term' });
  });
});

describe('Tick', () => {
  it('records what is due, and nothing a second time', async () => {
    const one = await formed();
    const tick = { at: '2026-04-02T09:00:00Z', command: 'Tick' };
    expect((await play(one, tick)).events.map(({ type }) => type)).toEqual(['FacilitatorEnded']);
    expect(await play(one, tick)).toMatchObject({ seq: 1, events: [] });
  });

  it('at an earlier instant is as of the newest entry', async () => {
    const one = await formed();
    await play(one, INVITE);
    expect(await play(one, { at: '2026-03-01T09:00:00Z', command: 'Tick' })).toMatchObject({ seq: 1, events: [] });
    expect((await play(one, { ...INVITE, at: '2026-03-01T09:00:00Z' })).events).toMatchObject([
      { at: '2026-03-03T09:00:00.000Z' },
    ]);
  });
});

describe('a query', () => {
  it('is asked with its own days, over the entries so far, what was due by its instant included', async () => {
    const one = await formed();
    const query = { query: 'members', arguments: { trueOn: '2026-03-01', knownAt: 0 } };
    expect(await play(one, { at: '2026-03-05T09:00:00Z', ...query })).toEqual({
      ...{ line: 2, seq: 0, view: 'members', data: 1 },
    });
    expect(await play(one, { at: '2026-04-05T09:00:00Z', ...query })).toMatchObject({ seq: 1, data: 2 });
    expect(asked.at(-1)).toMatchObject(query);
  });

  it('that cannot be answered is a fault', async () => {
    const one = new Rehearsal('1', async () => ({ pointer: '/query', fault: 'no view of that name' }));
    await play(one, FORM);
    expect(await play(one, { at: '2026-03-05T09:00:00Z', query: 'nothing' })).toMatchObject({ pointer: '/query' });
  });
});

describe('the seed', () => {
  it('makes the same bytes of the same script, persons included, and others of another seed', async () => {
    const bodies = async (seed: string) => {
      const one = rehearsal(seed);
      for (const line of [FORM, INVITE]) await play(one, line);
      return one.entries.map(({ body }) => body);
    };
    expect(await bodies('1')).toEqual(await bodies('1'));
    expect(await bodies('2')).not.toEqual(await bodies('1'));
    const camille = new SeededEntropy('1').person('camille');
    expect((await bodies('1'))[0]).toContain(camille);
    expect((await bodies('2'))[0]).not.toContain(camille);
  });
});
