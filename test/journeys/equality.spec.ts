import { commands, definitionOf, events } from '#contracts';
import type { EventType } from '#contracts';
import { VIEWS } from '#engine';
import type { Id, Json } from '#kernel';
import { EXPORT_FORMATS } from '#paper';
import { Rehearsal } from '#rehearsal';
import type { View } from '#views';
import { readFileSync } from 'node:fs';
import { answerFromEntries, answerOf } from '../../apps/standalone/commands/answer-from-entries.js';

const SCRIPT = readFileSync('docs/examples/worked-example.ndjson', 'utf8').trim();
const NOW = '2026-06-30T12:00:00.000Z';
const CHOOSING_AN_ORDER = /sort|order|rank|desc|top|best|most|least/i;
const ASKED = {
  ...{ period: '2026', cost: '3000', basis: 'alliance-scale', granularity: 'year', year: '2026' },
};
/** Figures of contribution: each an amount of one line. */
const AMOUNTS = [
  ...['amount', 'pledged', 'pending', 'committed', 'called', 'released', 'fulfilled', 'open', 'over', 'inDefault'],
  ...['spontaneous', 'given', 'awaiting', 'acknowledged', 'contested', 'declared', 'requested', 'covered', 'uncovered'],
  ...[
    'cap',
    'principal',
    'paid',
    'exposure',
    'total',
    'value',
    'valued',
    'cost',
    'ceiling',
    'support',
    'uses',
    'sources',
  ],
];
const PARTIES = ['providerId', 'receiverId', 'attestorId', 'obligorId', 'debtorId', 'creditorId', 'bookedById'];

type Visit = (name: string, value: Json, within: readonly Readonly<Record<string, Json>>[]) => void;

/** Each member of an answer, with the objects around it, innermost first. */
function visit(value: Json, see: Visit, within: readonly Readonly<Record<string, Json>>[] = []): void {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) visit(item, see, within);
  else if (typeof value === 'object' && value !== null) {
    const here = value as Readonly<Record<string, Json>>;
    for (const [name, member] of Object.entries(here)) {
      see(name, member, [here, ...within]);
      visit(member, see, [here, ...within]);
    }
  }
}

function nameOf(parameter: Readonly<Record<string, Json>> | undefined): string {
  const name = parameter?.['name'];
  return typeof name === 'string' ? name : '';
}

const exported = [...EXPORT_FORMATS.values()].map(({ view }) => view);
const ofContribution = [...VIEWS, ...exported].filter(({ projections }) =>
  projections.some(({ name }) => name === 'contribution-facts'),
);
let rehearsal: Rehearsal;
let partners: readonly Id[];

beforeAll(async () => {
  rehearsal = new Rehearsal('1', answerFromEntries);
  for (const line of SCRIPT.split('\n')) expect(await rehearsal.play(line)).not.toHaveProperty('refused');
  const recorded = rehearsal.entries.flatMap((entry) => entry.events);
  partners = recorded.flatMap(({ type, data }) => (type === 'PartnerAdmitted' ? data.partnerId : []));
});

/** What a view answers, for each partner where it is asked for one. */
async function answersOf(view: View): Promise<readonly Json[]> {
  const answers: Json[] = [];
  for (const partnerId of 'partnerId' in view.params ? partners : [undefined]) {
    const all: Readonly<Record<string, Json>> = { ...ASKED, ...(partnerId ? { partnerId } : {}) };
    const params = Object.fromEntries(Object.entries(all).filter(([name]) => name in view.params));
    const answer = await answerOf(rehearsal.entries, view, params, NOW);
    if ('fault' in answer) throw new Error(`${view.name} ${answer.pointer} ${answer.fault}`);
    answers.push(answer.data as Json);
  }
  return answers;
}

describe('partners stand as equals', () => {
  it('no command, view or export takes an order by which to put them', () => {
    const taken = [
      ...[...VIEWS, ...exported].flatMap(({ params }) => Object.keys(params)),
      ...Object.values(commands).flatMap((one) => Object.keys(one.public)),
    ];
    expect(taken.length).toBeGreaterThan(200);
    expect(taken.filter((name) => CHOOSING_AN_ORDER.test(name) && name !== 'topics')).toEqual([]);
  });

  it('no parameter of any address of the OpenAPI document does', () => {
    const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Json;
    const names: string[] = [];
    visit(document, (name, value, [parameter]) => {
      if (name === 'in' && value === 'query') names.push(nameOf(parameter));
    });
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => CHOOSING_AN_ORDER.test(name))).toEqual([]);
  });

  it('lists of partners are in the order of admission, whoever gave most', async () => {
    for (const view of ofContribution.filter(({ name }) => /^(?:who-brings-what|balance)/.test(name))) {
      for (const answer of await answersOf(view)) {
        visit(answer, (name, value) => {
          if (name !== 'partners' && name !== 'rows') return;
          const listed = (value as readonly Readonly<Record<string, Json>>[]).flatMap((row) => row['partnerId'] ?? []);
          expect(listed).toEqual(partners.filter((partnerId) => listed.includes(partnerId)));
        });
      }
    }
  });

  it('every figure stands beside its one line, or its currency, so that none adds two', async () => {
    const seen = new Set<string>();
    for (const view of ofContribution) {
      for (const answer of await answersOf(view)) {
        visit(answer, (name, value, within) => {
          if (!AMOUNTS.includes(name) || typeof value !== 'string') return;
          seen.add(name);
          const hasLine = within.some((one) => typeof one['unit'] === 'string' || typeof one['currency'] === 'string');
          expect([view.name, name, hasLine]).toEqual([view.name, name, true]);
        });
      }
    }
    expect(AMOUNTS.filter((name) => !seen.has(name) && !['pending', 'amount'].includes(name))).toEqual([]);
  });

  it('no answer ranks or scores a partner', async () => {
    for (const view of ofContribution) {
      for (const answer of await answersOf(view)) {
        visit(answer, (name) => {
          expect([view.name, name]).not.toEqual([view.name, expect.stringMatching(/rank|score|grandTotal|rowTotal/i)]);
        });
      }
    }
  });
});

describe('the alliance', () => {
  it('is no party of any contribution, obligation or guarantee', async () => {
    const alliance = rehearsal.entries[0]?.alliance;
    const found: Json[] = [];
    for (const view of ofContribution) {
      for (const answer of await answersOf(view)) {
        visit(answer, (name, value) => {
          if (PARTIES.includes(name)) found.push(value);
        });
      }
    }
    expect(found.length).toBeGreaterThan(50);
    expect(found.filter((party) => party === alliance || !partners.includes(party as Id))).toEqual([]);
    const fields = (Object.keys(events) as EventType[]).flatMap((type) => Object.keys(definitionOf(type).public));
    expect(fields.filter((name) => /^alliance/i.test(name))).toEqual([]);
  });

  it.each(['receiverId', 'attestorId'])('cannot be named as %s of a gift', async (party) => {
    const alliance = String(rehearsal.entries[0]?.alliance);
    const gift = { kind: 'goods', unit: 'piece', amount: '1', providerId: '$B', receiverId: '$C', attestorId: '$C' };
    const line = {
      ...{ at: '2026-06-29T21:00:00Z', as: { kind: 'representative', mandate: '$m-B' } },
      ...{ command: 'DeclareContribution', arguments: { ...gift, [party]: alliance } },
    };
    expect(await rehearsal.play(JSON.stringify(line))).toMatchObject({ refused: expect.any(String) as string });
    const right = { ...line, arguments: gift };
    expect(await rehearsal.play(JSON.stringify(right))).not.toHaveProperty('refused');
  });
});
