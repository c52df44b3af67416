import { handoverPaperView } from '#engine';
import type { HandoverAnswer } from '#engine';
import type { Id, Json } from '#kernel';
import { handover, toHtml, toMarkdown, withTexts } from '#paper';
import type { HandoverFacts } from '#paper';
import { Rehearsal } from '#rehearsal';
import { readFileSync } from 'node:fs';
import { answerFromEntries, answerOf } from '../../apps/standalone/commands/answer-from-entries.js';
import { TestServer } from '../testing/test-server.js';

const SCRIPT = readFileSync('docs/examples/worked-example.ndjson', 'utf8').trim();
const NOW = '2026-06-30T12:00:00.000Z';

/** The worked example of part 2, and the dossiers made from it. */
class Played {
  readonly rehearsal = new Rehearsal('1', answerFromEntries);

  async through(script: string): Promise<this> {
    for (const line of script.split('\n')) expect(await this.rehearsal.play(line)).not.toHaveProperty('refused');
    return this;
  }

  get partners(): readonly Id[] {
    const events = this.rehearsal.entries.flatMap((entry) => entry.events);
    return events.flatMap(({ type, data }) => (type === 'PartnerAdmitted' ? data.partnerId : []));
  }

  async dossier(partnerId: Id, { erased = false } = {}): Promise<HandoverFacts> {
    const { entries } = this.rehearsal;
    const answer = await answerOf(entries, handoverPaperView, { partnerId }, NOW);
    if ('fault' in answer) throw new Error(answer.fault);
    const openingsOf = (seq: number) => (erased ? [] : (entries[seq]?.openings ?? []));
    const data = (await withTexts(answer.data as Json, openingsOf)) as unknown as HandoverAnswer;
    return { ...data, trueOn: answer.trueOn, knownAt: answer.knownAt };
  }
}

describe('the handover dossier fit to print', () => {
  let played: Played;
  beforeAll(async () => {
    played = await new Played().through(SCRIPT);
  });
  const page = async (place: number, language: 'fr' | 'en', options = {}) =>
    toMarkdown(handover(await played.dossier(played.partners[place] as Id, options), language));

  it('tells in both languages what the partner agreed to and owes, and who spoke for it', async () => {
    const [french, english] = [await page(0, 'fr'), await page(0, 'en')];
    expect(french).toContain('# Dossier de passation');
    expect(english).toContain('# Handover dossier: ');
    for (const title of ['Mandats', 'Décisions en vigueur', 'Tours ouverts', 'Engagements et appels en garantie'])
      expect(french).toContain(`## ${title}`);
    for (const title of ['Mandates', 'Decisions in force', 'Open rounds', 'Contributions to attest'])
      expect(english).toContain(`## ${title}`);
    expect(english).toMatch(/31 May 2026 \| Money, EUR \| .* \| 500\\\.00 EUR/);
    expect(english).toMatch(/\| Use of premises, days \| 0 \| 60 \| 0 \| 45 \| 45 \|/);
  });

  it('names nobody once the texts were erased, and tells all the rest', async () => {
    const erased = await page(0, 'en', { erased: true });
    expect(erased).toContain('(not given with this copy)');
    expect(erased.split('\n').length).toBe((await page(0, 'en')).split('\n').length);
    expect(erased).toMatch(/31 May 2026/);
  });

  it('shows no place of a text that it could not open', async () => {
    const facts = await played.dossier(played.partners[1] as Id, { erased: true });
    expect(toHtml(handover(facts, 'fr'))).not.toMatch(/\d+\/\d+\/[a-zA-Z]+</);
  });
});

describe('over HTTP', () => {
  const server = new TestServer('2026-03-02T09:00:00.000Z');
  afterAll(async () => {
    await server.stop();
  });

  it('is a page in the language asked for, and not found for a partner that is not there', async () => {
    await server.start();
    const { token } = server.person('f');
    const facilitator = { name: 'F', validFrom: '2026-03-02', validTo: '2026-12-31' };
    const forming = { name: 'A', timeZone: 'Europe/Paris', locale: 'fr', facilitator };
    const formed = await server.send('POST', '/v1/alliances', { token, body: forming });
    const base = `/v1/alliances/${formed.json.alliance}/partners`;
    const body = { kind: 'company', registerScheme: 'none', legalName: 'L’Atelier' };
    const invited = await server.send('POST', base, { token, body });
    const address = `${base}/${String(invited.json.events[0]?.data['partnerId'])}/handover-dossier`;
    const headers = { 'x-min-seq': String(invited.json.seq) };
    const html = await server.send('GET', `${address}?language=fr`, { token, headers });
    expect([html.status, html.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(html.text).toContain('L’Atelier');
    const markdown = await server.send('GET', `${address}?format=markdown&language=en`, { token });
    expect(markdown.text).toContain('# Handover dossier: L’Atelier');
    expect((await server.send('GET', `${base}/${'a'.repeat(26)}/handover-dossier`, { token })).status).toBe(404);
  });
});
