import { readFileSync } from 'node:fs';
import type { Outcome } from '#contracts';
import { addHours, canonicalJson } from '#kernel';
import type { Instant, Json } from '#kernel';
import { Rehearsal } from '#rehearsal';
import { verifyLedger } from '#transparency';
import { answerFromEntries } from '../../apps/standalone/commands/answer-from-entries.js';

interface Vector {
  readonly vector: string;
  readonly method: string;
  readonly e: number;
  readonly said: Readonly<Record<string, number>>;
  readonly parameters?: Readonly<Record<string, Json>>;
  readonly withdrew?: string;
  readonly attempt?: number;
  readonly grades?: Readonly<Record<string, readonly number[]>>;
  readonly refused?: string;
  readonly result?: string;
  readonly selected?: string;
  readonly ranking?: readonly string[];
  readonly deemed?: number;
  readonly dissent?: readonly string[];
  readonly numbers?: readonly (number | null)[];
}

const VECTORS = JSON.parse(
  readFileSync('libs/deliberation/domain/evaluate/golden-vectors.json', 'utf8'),
) as readonly Vector[];

const KINDS = ['association', 'local-authority', 'company'];
const POWERS = ['speak', 'propose', 'take-position', 'commit', 'sign-charter', 'appoint'];

type Body = Readonly<Record<string, unknown>>;

/** A whole ledger for one vector: an alliance of its partners under a charter with its method, and its round. */
class Story {
  private readonly rehearsal = new Rehearsal('1', answerFromEntries);
  private now: Instant = '2026-03-02T09:00:00.000Z';
  private readonly partners: readonly string[];

  constructor(private readonly vector: Vector) {
    this.partners = Array.from({ length: vector.e }, (_, index) => `p${String(index + 1)}`);
  }

  get entries() {
    return this.rehearsal.entries;
  }

  /** Plays the vector; gives the outcome of its round, or the code with which a position was refused. */
  async play(): Promise<{ readonly outcome?: Outcome; readonly refused?: string }> {
    await this.form();
    await this.propose();
    for (let attempt = 1; attempt < (this.vector.attempt ?? 1); attempt++) await this.returned(attempt);
    await this.open();
    const refused = await this.answers();
    if (refused !== undefined) return { refused };
    this.now = addHours(this.now, 10 * 24);
    await this.rehearsal.play(JSON.stringify({ at: this.now, command: 'Tick' }));
    const closed = this.entries.flatMap(({ events }) => events).findLast(({ type }) => type === 'RoundClosed');
    return closed?.type === 'RoundClosed' ? { outcome: closed.data.outcome } : {};
  }

  /** What the ids of an outcome are called in the vector: partners and options in the order of their coming. */
  nameOf(id: string): string {
    const events = this.entries.flatMap((entry) => entry.events);
    const partners = events.flatMap((one) => (one.type === 'PartnerInvited' ? [one.data.partnerId] : []));
    const options = events.flatMap((one) => (one.type === 'ProposalVersioned' ? [one.data.optionId] : []));
    const [partner, option] = [partners.findIndex((one) => one === id), options.findIndex((one) => one === id)];
    return this.partners[partner] ?? Object.keys(this.vector.grades ?? {})[option] ?? id;
  }

  private async form(): Promise<void> {
    const facilitator = { validFrom: '2026-03-02', validTo: '2026-12-31', name: 'Camille' };
    const alliance = { timeZone: 'Europe/Paris', locale: 'fr', name: 'Une alliance', facilitator };
    await this.gives({ kind: 'account', person: '$p:camille' }, 'FormAlliance', alliance, { f: 'facilitatorId' });
    for (const [index, name] of this.partners.entries()) {
      const partner = { kind: KINDS[index % KINDS.length], registerScheme: 'none', legalName: name };
      await this.facilitates('InvitePartner', partner, { [name]: 'partnerId' });
      const mandate = { personRef: `$p:person-${name}`, powers: POWERS, validFrom: '2026-03-02', name };
      await this.facilitates('AdmitPartner', { partnerId: `$${name}`, mandate }, { [`m-${name}`]: 'mandateId' });
    }
    await this.facilitates('DraftCharter', { charter: this.charter() }, { h: 'charterHash' });
    for (const name of this.partners) await this.acts(name, 'SignCharter', { charterVersion: 1, charterHash: '$h' });
  }

  private charter(): Body {
    const { method, parameters = {} } = this.vector;
    const { silence = 'not-counted', ...own } = parameters;
    const policy = { method, parameters: own, collegeCondition: false };
    return { silence, minOpenHours: 1, policies: { [this.type]: policy } };
  }

  private get type(): string {
    return this.vector.grades ? 'choice' : 'ordinary';
  }

  private async propose(): Promise<void> {
    const draft = { decisionType: this.type, title: 'Une proposition', driver: 'Un motif' };
    await this.acts('p1', 'DraftProposal', draft, { pr: 'proposalId' });
    const [first, ...others] = Object.keys(this.vector.grades ?? {}).filter((option) => option !== 'status-quo');
    const option = first === undefined ? {} : { optionId: `$p:${first}` };
    await this.acts('p1', 'SubmitProposal', { proposalId: '$pr', text: 'Un texte', reviewOn: '2026-12-01', ...option });
    for (const name of others) await this.revise(name, { optionId: `$p:${name}` });
  }

  private revise(text: string, more: Body = {}): Promise<Json> {
    return this.acts('p1', 'ReviseProposal', { proposalId: '$pr', text, ...more });
  }

  private async open(): Promise<void> {
    const closesAt = addHours(this.now, 9 * 24);
    await this.facilitates('OpenRound', { proposalId: '$pr', closesAt }, { r: 'roundId' });
    for (const name of this.partners) {
      const told = { roundId: '$r', partnerId: `$${name}`, channel: 'meeting', status: 'delivered' };
      await this.facilitates('RecordNotification', told);
    }
  }

  /** An earlier consent round that came back, its objection withdrawn and a new version made. */
  private async returned(attempt: number): Promise<void> {
    await this.open();
    await this.answers();
    this.now = addHours(this.now, 10 * 24);
    await this.acts('p8', 'WithdrawObjection', { objectionId: '$o' });
    await this.revise(`version ${String(attempt + 1)}`);
  }

  private async answers(): Promise<string | undefined> {
    const values = Object.entries(this.vector.said).flatMap(([value, times]) =>
      Array.from({ length: times }, () => value),
    );
    for (const [place, value] of values.entries()) {
      const name = this.partners[place] ?? '';
      const answer = await this.acts(
        name,
        'TakePosition',
        { roundId: '$r', value, ...this.more(value, place) },
        this.names(value),
      );
      const refused = (answer as { readonly refused?: string }).refused;
      if (refused !== undefined) return refused;
    }
    const { withdrew } = this.vector;
    if (withdrew !== undefined) await this.acts(withdrew, 'WithdrawPartner', { partnerId: `$${withdrew}` });
    return undefined;
  }

  private names(value: string): Readonly<Record<string, string>> {
    return value === 'object' ? { o: 'objectionId' } : {};
  }

  private more(value: string, place: number): Body {
    if (value === 'ballot') {
      const scores = Object.entries(this.vector.grades ?? {});
      const idOf = (option: string) => (option === 'status-quo' ? option : `$p:${option}`);
      return { ballot: scores.map(([option, grades]) => ({ optionId: idOf(option), score: grades[place] })) };
    }
    const kind = value === 'object' ? 'harms-aim' : 'grave-harm';
    return value === 'object' || value === 'block'
      ? { objection: { kind, touches: { sort: 'aim' }, reason: 'Une raison' } }
      : {};
  }

  private facilitates(command: string, body: Body, names: Readonly<Record<string, string>> = {}): Promise<Json> {
    return this.gives({ kind: 'facilitator', facilitator: '$f' }, command, body, names);
  }

  private acts(who: string, command: string, body: Body, names: Readonly<Record<string, string>> = {}): Promise<Json> {
    return this.gives({ kind: 'representative', mandate: `$m-${who}` }, command, body, names);
  }

  private async gives(as: Body, command: string, body: Body, names: Readonly<Record<string, string>>): Promise<Json> {
    this.now = addHours(this.now, 0.1);
    const line = { at: this.now, as, command, arguments: body, let: names };
    const answer = (await this.rehearsal.play(JSON.stringify(line))) as Json;
    if (canonicalJson(answer).includes('"fault"')) throw new Error(`${command}: ${canonicalJson(answer)}`);
    return answer;
  }
}

describe('golden vectors of part 1, 4.10, through whole ledgers', () => {
  it.each(VECTORS)('$vector $method: $said is $result $refused', async (vector) => {
    const story = new Story(vector);
    const { outcome, refused } = await story.play();
    expect(refused).toBe(vector.refused);
    expect((await verifyLedger(story.entries.map(({ body }) => ({ body })))).fault).toBeUndefined();
    if (vector.refused !== undefined) return;
    const { eligible, participation, quorumRequired, minFavourRequired, expressed } = outcome ?? {};
    expect(outcome?.result).toBe(vector.result);
    expect([eligible, participation, quorumRequired, minFavourRequired, expressed]).toEqual(vector.numbers);
    expect(outcome?.deemed).toBe(vector.deemed ?? 0);
    expect(outcome?.dissent.map((id) => story.nameOf(id))).toEqual(vector.dissent ?? []);
    const selected = outcome?.selected ?? null;
    expect(selected && story.nameOf(selected)).toBe(vector.selected ?? null);
    expect(outcome?.ranking.map((id) => story.nameOf(id))).toEqual(vector.ranking ?? []);
  });
});
