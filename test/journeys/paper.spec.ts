import { attestationView, statementPaperView } from '#engine';
import type { AttestationAnswer, StatementAnswer } from '#engine';
import type { Id, Json } from '#kernel';
import { attestation, attestationFacts, EXPORT_FORMATS, exportFile, statement } from '#paper';
import { toHtml as toTypesetHtml, toMarkdown as toTypesetMarkdown } from '#paper';
import type { AttestationFacts, ExportFile, Page, StatementFacts } from '#paper';
import { withTexts } from '#paper';
import { Rehearsal } from '#rehearsal';
import type { Answered, View } from '#views';
import { readFileSync } from 'node:fs';
import { answerFromEntries, answerOf } from '../../apps/standalone/commands/answer-from-entries.js';

const SCRIPT = readFileSync('docs/examples/worked-example.ndjson', 'utf8').trim();
const NOW = '2026-06-30T12:00:00.000Z';
const LANGUAGES = ['fr', 'en'] as const;
type Language = (typeof LANGUAGES)[number];

/** Pages with ordinary spaces, so that they can be read here; that French has no-break ones is a test of its own. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const toHtml = (page: Page): string => plain(toTypesetHtml(page));
const toMarkdown = (page: Page): string => plain(toTypesetMarkdown(page));

/** A ledger that was rehearsed, and the pages and files made from it. */
class Played {
  private constructor(readonly entries: Rehearsal['entries']) {}

  static async of(script: string): Promise<Played> {
    const rehearsal = new Rehearsal('1', answerFromEntries);
    for (const line of script.split('\n')) {
      expect(await rehearsal.play(line)).not.toHaveProperty('refused');
    }
    return new Played(rehearsal.entries);
  }

  get partners(): readonly Id[] {
    const events = this.entries.flatMap(({ events }) => events);
    return events.flatMap(({ type, data }) => (type === 'PartnerAdmitted' ? data.partnerId : []));
  }

  /** Where each acknowledgement stands, in the order of the ledger. */
  get acknowledgements(): readonly { readonly contributionId: Id; readonly acknowledgedSeq: number }[] {
    return this.entries.flatMap(({ seq, events }) =>
      events.flatMap(({ type, data }) =>
        type === 'ContributionAcknowledged' ? { contributionId: data.contributionId, acknowledgedSeq: seq } : [],
      ),
    );
  }

  /** The texts are opened, or were erased. */
  async ask<T>(view: unknown, params: Readonly<Record<string, Json>>, { erased = false } = {}): Promise<Answered<T>> {
    const answer = await answerOf(this.entries, view as View, params, NOW);
    if ('fault' in answer) throw new Error(`${answer.pointer} ${answer.fault}`);
    const openingsOf = (seq: number) => (erased ? [] : (this.entries[seq]?.openings ?? []));
    return { ...answer, data: (await withTexts(answer.data as Json, openingsOf)) as T };
  }

  async attested(place: number, options = {}): Promise<AttestationFacts> {
    const params = this.acknowledgements[place] ?? { contributionId: '' };
    const { data, knownAt } = await this.ask<{ attestation: AttestationAnswer | null }>(
      attestationView,
      params,
      options,
    );
    const entry = this.entries[data.attestation?.seq ?? -1];
    if (!data.attestation || !entry) throw new Error('no such acknowledgement');
    return { ...attestationFacts(data.attestation, entry, knownAt), isWhole: true };
  }

  async stated(partnerId: Id, options = {}): Promise<StatementFacts> {
    const asked = await this.ask<StatementAnswer>(statementPaperView, { partnerId }, options);
    return { ...asked.data, trueOn: asked.trueOn, knownAt: asked.knownAt, isWhole: true };
  }

  async file(name: string, params: Readonly<Record<string, Json>>, language: Language = 'fr'): Promise<ExportFile> {
    const format = EXPORT_FORMATS.get(name);
    const alliance = this.entries[0]?.alliance;
    if (!format || !alliance) throw new Error('no such format');
    const { data, trueOn, knownAt } = await this.ask<Json>(format.view, params);
    return exportFile(format, data, { alliance, trueOn, knownAt, language });
  }

  /** Every page and file that there is, in both languages. */
  async everything(): Promise<readonly string[]> {
    const all: string[] = [];
    for (const language of LANGUAGES) {
      for (const place of this.acknowledgements.keys())
        all.push(toHtml(attestation(await this.attested(place), language)));
      for (const partnerId of this.partners) all.push(toMarkdown(statement(await this.stated(partnerId), language)));
      for (const name of EXPORT_FORMATS.keys()) {
        for (const partnerId of this.partners)
          all.push((await this.file(name, paramsOf(name, partnerId), language)).body);
      }
    }
    return all;
  }
}

function paramsOf(name: string, partnerId: Id): Readonly<Record<string, Json>> {
  const { params = {} } = EXPORT_FORMATS.get(name)?.view ?? {};
  return { ...('partnerId' in params ? { partnerId } : {}), ...('year' in params ? { year: '2026' } : {}) };
}

/** Lines of a CSV behind its mark. */
const linesOf = ({ body }: ExportFile): readonly string[] => body.slice(1).trimEnd().split('\r\n');

let played: Played;
let [a, b, c, d] = ['', '', '', ''] as unknown as [Id, Id, Id, Id];
beforeAll(async () => {
  played = await Played.of(SCRIPT);
  [a, b, c, d] = played.partners as [Id, Id, Id, Id];
});

describe('the attestation of an acknowledgement', () => {
  it('says who attests how much, from whom, when, with seq and hash, and what came after', async () => {
    const facts = await played.attested(0);
    const { contributionId = '', acknowledgedSeq: seq = 0 } = played.acknowledgements[0] ?? {};
    expect(toMarkdown(attestation(facts, 'fr'))).toBe(`# Attestation de réception : 10 pièces

Partenaire C atteste la réception de 10 pièces (Don en nature), apport de Partenaire B.

- **Alliance** : Exemple chiffré
- **Apporté par** : Partenaire B
- **Reçu par** : Partenaire C
- **Jour de l’apport** : 10 février 2026
- **Quantité attestée** : 10 pièces
- **Attestée par** : Partenaire C
- **Attestée le** : 12 février 2026 à 9 h 00 (UTC+1)
- **Apport** : ${contributionId}
- **Déclaration** : seq ${String(seq - 1)}
- **Inscription** : seq ${String(seq)}
- **Empreinte de l’inscription** : ${played.entries[seq]?.hash ?? ''}

## Description déclarée

> (non renseigné)

## L’apport à l’inscription ${String(played.entries.length - 1)}

| Inscription | Le | Acte | Quantité |
| --- | --- | --- | --- |
| seq ${String(seq)} | 12 février 2026 à 9 h 00 (UTC+1) | attesté | 10 pièces |
| seq ${String(seq + 1)} | 12 février 2026 à 10 h 00 (UTC+1) | contesté | 2 pièces |

- **Déclaré** : 12 pièces
- **Attesté** : 10 pièces
- **En attente** : 0 pièce
- **Contesté** : 2 pièces

## Portée et vérification

Seule une quantité attestée compte comme apportée. Cette page n’est ni un reçu fiscal ni une valeur. Avec une copie du registre, « collegium verify » retrouve l’inscription ${String(seq)} et son empreinte.
`);
  });

  it('is there for each acknowledgement, in both languages', async () => {
    expect(played.acknowledgements).toHaveLength(11);
    for (const [place, { acknowledgedSeq }] of played.acknowledgements.entries()) {
      const facts = await played.attested(place);
      const [fr, en] = LANGUAGES.map((language) => toHtml(attestation(facts, language)));
      expect(fr).toContain('<html lang="fr">');
      expect(fr).toContain('<h1>Attestation de réception : ');
      expect(en).toContain('<h1>Acknowledgement of receipt: ');
      for (const page of [fr, en]) {
        expect(page).toContain(`<dd>seq ${String(acknowledgedSeq)}</dd>`);
        expect(page).toContain(played.entries[acknowledgedSeq]?.hash ?? 'no hash');
      }
    }
  });

  it('of money says who carries it for the alliance, and by which decision', async () => {
    const facts = await played.attested(1);
    const adopted = played.entries.find(({ events }) =>
      events.some(({ type, data }) => type === 'DecisionAdopted' && data.decisionType === 'carrier'),
    );
    const seq = String(adopted?.seq);
    expect(toMarkdown(attestation(facts, 'fr'))).toContain(
      `- **Argent** : porté par Partenaire C pour l’alliance, décision seq ${seq}\n`,
    );
    const english = toMarkdown(attestation(facts, 'en'));
    expect(english).toContain(`- **Money**: carried by Partenaire C for the alliance, decision seq ${seq}\n`);
    expect(english).toContain('attests the receipt of 5000.00 EUR (Money), a contribution of Partenaire D');
    expect(english).not.toContain('Received by');
    const incorporated = { ...facts, carrierId: null, receiverId: null, structuring: { decisionId: a, seq: 70 } };
    expect(toMarkdown(attestation(incorporated, 'fr'))).toContain(
      'porté par l’entité juridique pour l’alliance, décision seq 70',
    );
  });

  it('shows a later correction beside the act, and not when it was not yet known', async () => {
    const facts = await played.attested(2);
    expect(toMarkdown(attestation(facts, 'en'))).toMatch(
      /\| corrected \| \\?-10 hours \|[^]*\*\*Acknowledged\*\*: 120 hours/,
    );
    const params = { ...played.acknowledgements[2], knownAt: facts.seq } as Readonly<Record<string, Json>>;
    const { data } = await played.ask<{ attestation: AttestationAnswer }>(attestationView, params);
    expect(data.attestation.now).toEqual({ declared: '130', acknowledged: '130', awaiting: '0', contested: '0' });
  });

  it('of a gift from outside names nobody', async () => {
    const facts = { ...(await played.attested(0)), providerId: null };
    expect(toMarkdown(attestation(facts, 'fr'))).toContain('(Don en nature), apport hors des partenaires.');
    expect(toMarkdown(attestation(facts, 'en'))).toContain('(Goods), a contribution from outside the partners.');
  });

  it('tells erased texts and names as such', async () => {
    const page = toMarkdown(attestation(await played.attested(0, { erased: true }), 'en'));
    expect(page).toContain('- **Alliance**: (erased)');
    expect(page).toContain(`- **Given by**: (name erased) ${b}`);
    expect(page).not.toMatch(/Partenaire|\d+\/\d+\/[a-z]/i);
  });

  it('tells a text that this copy does not have apart from one that was erased, and from one that nobody wrote', async () => {
    const facts = { ...(await played.attested(0, { erased: true })), isWhole: false };
    const page = toMarkdown(attestation(facts, 'en'));
    expect(page).toContain('- **Alliance**: (not given with this copy)');
    expect(page).toContain(`- **Given by**: (name not given with this copy) ${b}`);
    expect(page).toContain('## Declared description\n\n> (never written)');
  });

  it('has no line that begins with a sign of French', async () => {
    const page = toTypesetMarkdown(attestation(await played.attested(0), 'fr'));
    expect(page).toContain('# Attestation de réception\u00a0: 10');
    expect(page).toContain('«\u00a0collegium verify\u00a0»');
    expect(page).not.toMatch(/ [:;!?»]|« /);
  });

  it('is there for no other entry, and the newest stands where none is named', async () => {
    const { contributionId = '' } = played.acknowledgements[0] ?? {};
    const at = async (params: Readonly<Record<string, Json>>) =>
      (await played.ask<{ attestation: AttestationAnswer | null }>(attestationView, params)).data.attestation;
    expect(await at({ contributionId, acknowledgedSeq: 1 })).toBeNull();
    expect(await at({ contributionId: d })).toBeNull();
    expect((await at({ contributionId }))?.seq).toBe(played.acknowledgements[0]?.acknowledgedSeq);
  });
});

describe('a partner statement fit to print', () => {
  it('has the figures of part 2, 2.7, a line at a time, and who carries the money', async () => {
    const page = toMarkdown(statement(await played.stated(d), 'fr'));
    expect(page).toContain('# Situation du partenaire : Partenaire D\n');
    expect(page).toContain(
      '| Argent, EUR | 1000,00 | 0,00 | 5000,00 | 3000,00 | 0,00 | 7000,00 | 1000,00 | 0,00 | 0,00 |',
    );
    expect(page).toContain('| Mécénat de compétences, heures | 6 | 6 | 0 | 0 |');
    expect(page).toContain('| 3000,00 EUR (Argent) | porté par Partenaire C pour l’alliance, décision seq ');
    expect(page).toContain(
      '| Partenaire C | 8000,00 EUR | 3000,00 | 2000,00 | 0,00 | 5000,00 | 31 décembre 2027 | appelée en partie |',
    );
    const received = toMarkdown(statement(await played.stated(c), 'en'));
    expect(received).toMatch(
      /\| 8500\\?\.00 EUR \(Money\) \| carried by Partenaire C for the alliance, decision seq \d+ \|/,
    );
    expect(received).toContain('| 210 hours (Volunteer time) | Partenaire C |');
  });

  it('of a partner whose name was erased says so; of nobody there is none', async () => {
    const page = toHtml(statement(await played.stated(a, { erased: true }), 'fr'));
    expect(page).toContain(`<h1>Situation du partenaire : (nom effacé) ${a}</h1>`);
    const { contributionId = '' } = played.acknowledgements[0] ?? {};
    expect((await played.ask(statementPaperView, { partnerId: contributionId })).data).toBeNull();
  });
});

describe('exports', () => {
  it('statement: one row per line, with the columns of part 2, 2.2', async () => {
    const file = await played.file('statement-csv', { partnerId: b });
    expect(linesOf(file)).toEqual([
      'ressource;unité;promis;à ratifier;engagé;appelé;libéré;réalisé;dû;au-delà;défaut;hors engagement;attesté;attente;contesté;reçu ou porté par',
      'Don en nature;pièces;0;0;12;0;0;10;2;0;2;0;10;0;2;Partenaire C',
      'Mécénat de compétences;heures;20;0;80;0;0;85;0;5;0;0;85;5;0;Partenaire C',
    ]);
    expect(file.name).toBe(`collegium-statement-${b}-2026-06-30-seq${String(played.entries.length - 1)}-fr.csv`);
    const money = linesOf(await played.file('statement-csv', { partnerId: d }, 'en'))[1];
    expect(money).toMatch(
      /^Money;EUR;1000;0;5000;3000;0;7000;1000;0;0;0;7000;0;0;carried by Partenaire C for the alliance, decision seq \d+$/,
    );
  });

  it('who brings what: partners in the order of admission, a column for each line and figure, totals of columns alone', async () => {
    const [head = '', ...rows] = linesOf(await played.file('who-brings-what-csv', {}));
    expect(head.split(';').slice(0, 6)).toEqual([
      ...[
        'partenaire',
        'identifiant',
        'Argent, EUR, promis',
        'Argent, EUR, engagé',
        'Argent, EUR, dû',
        'Argent, EUR, attesté',
      ],
    ]);
    expect(rows).toEqual([
      `Partenaire A;${a};0;2000;500;1500;0;0;0;0;0;60;0;45;0;0;0;0;0;0;0;0`,
      `Partenaire B;${b};0;0;0;0;0;12;2;10;0;0;0;0;20;80;0;85;0;0;0;0`,
      `Partenaire C;${c};0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;240;30;210`,
      `Partenaire D;${d};1000;8000;1000;7000;0;0;0;0;0;0;0;0;0;0;0;6;0;0;0;0`,
      'total de la colonne;;1000;10000;1500;8500;0;12;2;10;0;60;0;45;20;80;0;91;0;240;30;210',
    ]);
  });

  it('guarantees: each with its parties and figures, in the order of being offered, without totals', async () => {
    const rows = linesOf(await played.file('guarantees-csv', {}));
    const figures = '16000;8000;3000;2000;0;5000';
    const parties = 'Partenaire D;Partenaire C;hors des partenaires;appelée en partie;EUR';
    expect(rows).toEqual([
      'garantie;garant;débiteur;créancier;état;monnaie;dette;plafond;appelé;payé;libéré;exposition;quotité;terme;à ratifier avant la fin du;à regarder de près',
      expect.stringMatching(new RegExp(`^[a-z2-7]{26};${parties};${figures};1 / 2;2027-12-31;;$`)),
    ]);
    expect(linesOf(await played.file('guarantees-csv', { partnerId: c }))).toEqual(rows);
    expect(linesOf(await played.file('guarantees-csv', { partnerId: a }))).toHaveLength(1);
    const { body, name } = await played.file('guarantees-json', { partnerId: d });
    expect(JSON.parse(body)).toMatchObject({
      ...{ export: 'guarantees', trueOn: '2026-06-30' },
      data: { partnerId: d, guarantees: [{ obligorId: d, exposure: '5000', warning: null }] },
    });
    expect(name).toContain(`collegium-guarantees-${d}-2026-06-30`);
    const format = EXPORT_FORMATS.get('guarantees-csv');
    expect((await played.ask(format?.view, { partnerId: 'a'.repeat(26) })).data).toBeNull();
  });

  it('accounts 86 and 87 with a comma before decimals, in the words of their edition', async () => {
    const rows = linesOf(await played.file('accounts-csv', { partnerId: c, year: '2026' }));
    const of = 'EUR;2026-01-01;2026-12-31';
    expect(rows).toEqual([
      'edition;account;label;value;currency;from;to;contributions;stale',
      `ANC-2018-06;860;Secours en nature;950;${of};1;0`,
      `ANC-2018-06;8611;Locaux;3622,5;${of};2;0`,
      `ANC-2018-06;862;Prestations;4095;${of};3;0`,
      `ANC-2018-06;864;Personnel bénévole;2524,2;${of};2;0`,
      `ANC-2018-06;870;Dons en nature;950;${of};1;0`,
      `ANC-2018-06;871;Prestations en nature;7717,5;${of};5;0`,
      `ANC-2018-06;875;Bénévolat;2524,2;${of};2;0`,
    ]);
    const crc = linesOf(await played.file('accounts-csv', { partnerId: c, year: '2026', edition: 'CRC-99-01' }));
    expect(crc).toContain(`CRC-99-01;870;Bénévolat;2524,2;${of};2;0`);
    expect(linesOf(await played.file('accounts-csv', { partnerId: c, year: '2025' }))).toHaveLength(1);
  });

  it('a stale valuation is counted on its accounts and posts nothing', async () => {
    const more = {
      at: '2026-06-29T20:00:00Z',
      as: { kind: 'representative', mandate: '$m-C' },
      command: 'AcknowledgeContribution',
      arguments: { contributionId: '$X9', amount: '5' },
    };
    const later = await Played.of(`${SCRIPT}\n${JSON.stringify(more)}`);
    const partnerId = later.partners[2] as Id;
    const rows = linesOf(await later.file('accounts-csv', { partnerId, year: '2026' }));
    expect(rows).toContain('ANC-2018-06;862;Prestations;1620;EUR;2026-01-01;2026-12-31;2;1');
    expect(rows).toContain('ANC-2018-06;871;Prestations en nature;5242,5;EUR;2026-01-01;2026-12-31;4;1');
  });

  it('the Cerfa form: whole euros, 86 as much as 87, the lines that the ledger does not know left empty', async () => {
    const rows = linesOf(await played.file('cerfa-12156', { partnerId: c, year: '2026' })).map((line) =>
      line.split(';'),
    );
    const filled = rows.filter(([, , , , value]) => /\d/.test(value ?? ''));
    expect(filled.map(([, side, code, , value]) => `${side ?? ''} ${code ?? ''} ${value ?? ''}`)).toEqual([
      ...['charges 86 11192', 'charges 860 950', 'charges 861 3623', 'charges 862 4095', 'charges 864 2524'],
      ...['charges TOTAL 11192', 'produits 87 11192', 'produits 870 2524', 'produits 871 7718', 'produits 875 950'],
      'produits TOTAL 11192',
    ]);
    expect(rows).toContainEqual(['CERFA-12156', 'charges', '60', 'Achats', '', 'EUR', '2026-01-01', '2026-12-31']);
  });

  it('canonical JSON stands beside each table, with the same figures in canonical decimals', async () => {
    const { body, name, type } = await played.file('accounts-json', { partnerId: c, year: '2026' });
    const { data, ...about } = JSON.parse(body) as { readonly data: Readonly<Record<string, Json>> };
    expect(about).toEqual({
      ...{ alliance: played.entries[0]?.alliance, export: 'accounts', trueOn: '2026-06-30' },
      knownAt: played.entries.length - 1,
    });
    expect(data['totals']).toEqual([{ currency: 'EUR', uses: '11191.7', sources: '11191.7' }]);
    expect(data['names']).toMatchObject({ [c]: 'Partenaire C' });
    expect([name.endsWith('-2026-ANC-2018-06-2026-06-30-seq84.json'), type]).toEqual([
      true,
      'application/json; charset=utf-8',
    ]);
    const formats = [...EXPORT_FORMATS.values()];
    const tables = formats.filter((one) => one.as === 'csv').map(({ subject }) => subject);
    expect(tables).toEqual(['statement', 'who-brings-what', 'guarantees', 'accounts', 'cerfa-12156']);
    expect(formats.filter((one) => one.as === 'json').map(({ subject }) => subject)).toEqual(tables);
  });

  it('erased names are null in the data and told in the table', async () => {
    const format = EXPORT_FORMATS.get('who-brings-what-json');
    const { data } = await played.ask<Json>(format?.view, {}, { erased: true });
    const asked = { alliance: a, trueOn: '2026-06-30', knownAt: 84, language: 'fr', isWhole: true } as const;
    for (const name of ['who-brings-what-json', 'who-brings-what-csv']) {
      const one = EXPORT_FORMATS.get(name);
      const { body } = one ? exportFile(one, data, asked) : { body: '' };
      expect(body).toContain(name.endsWith('json') ? `"${b}":null` : `\r\n(nom effacé) ${b};${b};`);
      expect(body).not.toMatch(/\d+\/\d+\/[a-z]/i);
    }
  });

  it('no name of a partner becomes a formula or markup', async () => {
    const name = '=HYPERLINK("http://x";"<svg onload=alert(1)>")';
    const attacked = await Played.of(SCRIPT.replace('"Partenaire B"', JSON.stringify(name)));
    const partnerId = attacked.partners[1] as Id;
    const [, , row = ''] = linesOf(await attacked.file('who-brings-what-csv', {}));
    expect(row).toMatch(/^"'=HYPERLINK\(""http:\/\/x"";""<svg onload=alert\(1\)>""\)";/);
    expect(toHtml(statement(await attacked.stated(partnerId), 'fr'))).not.toContain('<svg');
    expect((await attacked.file('statement-csv', { partnerId })).name).toMatch(/^[a-z0-9A-Z.-]+$/);
  });
});

describe('paper and equality', () => {
  it('is identical bytes when made twice', async () => {
    const all = await played.everything();
    expect(new Set(all).size).toBeGreaterThan(40);
    expect(await (await Played.of(SCRIPT)).everything()).toEqual(all);
  });

  it('never has the alliance as the one that received, owns or owes', async () => {
    const said =
      /alliance[^\w;|"<]{1,3}(?:a reçu|reçoit|doit|possède|détient|received|receives|owes|owns)|(?:reçu|détenu|received|held|owed) (?:par|by) (?:l’|the )alliance/i;
    expect('l’alliance a reçu 5 pièces').toMatch(said);
    for (const text of await played.everything()) expect(text).not.toMatch(said);
  });

  it('lets nobody choose an order: no export takes more than a partner, a year and an edition', () => {
    const params = [...EXPORT_FORMATS.values()].flatMap(({ view }) => Object.keys(view.params));
    expect([...new Set(params)].sort()).toEqual(['edition', 'partnerId', 'year']);
  });
});
