import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import { MAX_ENTRY_BYTES } from '#ledger';
import type { Entry } from '#ledger';
import { formFault } from './form.js';
import { exampleEntries } from './testing/example.js';

type Members = Record<string, unknown>;
interface Body extends Members {
  actor: Members;
  command: Members;
  events: (Members & { data: Members; sealed: Members[] })[];
}

let entries: readonly Entry[];
beforeAll(async () => {
  entries = await exampleEntries();
});

/** The body of the first entry with an event of a type, changed. */
function changed(type: string, change: (body: Body) => void): string {
  const entry = entries.find(({ events }) => events.some((event) => event.type === type));
  const body = JSON.parse(entry?.body ?? '') as Body;
  change(body);
  return canonicalJson(body as unknown as Json);
}

function faultOf(body: string | Uint8Array): string {
  const read = formFault(body);
  return 'word' in read ? `${read.word}: ${read.detail}` : 'fits';
}

const event = (body: Body) => body.events[0] ?? { data: {}, sealed: [] };
const commitment = (body: Body) => event(body).sealed[0] ?? {};

describe('a body as it was recorded', () => {
  it('fits, as text and as bytes, and gives its commitments', () => {
    for (const { body } of entries) {
      expect([faultOf(body), faultOf(Buffer.from(body))]).toEqual(['fits', 'fits']);
    }
    const read = formFault(entries[0]?.body ?? '');
    const names = 'word' in read ? [] : read.commitments.map(({ event: place, name }) => `${String(place)} ${name}`);
    expect(names).toEqual(['0 name', '0 purpose', '1 name']);
  });
});

describe('bytes that are no canonical JSON', () => {
  it.each([
    ['an empty line', ''],
    ['no JSON', '{"v":1'],
    ['text behind it', '{} {}'],
    ['bytes that are no UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d)],
  ])('%s is unreadable', (_what, body) => {
    expect(faultOf(body)).toMatch(/^unreadable/);
  });

  it.each([
    ['a space', (body: string) => body.replace(',', ', ')],
    ['a line end', (body: string) => `${body}\n`],
    ['members in another order', (body: string) => body.replace(/^\{(.*),"v":1\}$/, '{"v":1,$1}')],
    ['a member named twice', (body: string) => body.replace('"v":1', '"v":1,"v":1')],
    ['a number in another form', (body: string) => body.replace('"v":1}', '"v":1.0}')],
    ['a letter as an escape', (body: string) => body.replace('"collegium', '"\\u0063ollegium')],
    ['half a pair of surrogates', (body: string) => body.replace('"v":1', '"v":"\\ud800"')],
  ])('%s makes it not canonical', (_what, change) => {
    const body = entries[0]?.body ?? '';
    expect(change(body)).not.toBe(body);
    expect(faultOf(change(body))).toMatch(/^not-canonical/);
  });

  it.each(['[]', 'null', '"entry"', '1'])('%s is no entry', (body) => {
    expect(faultOf(body)).toBe('entry-invalid: not an object');
  });
});

describe('an entry with one member wrong', () => {
  const id = 'a'.repeat(26);
  const cases: readonly [string, string, (body: Body) => void][] = [
    ['an unknown member', 'unknown member /note', (body) => (body['note'] = 'x')],
    ['another version', '/v', (body) => (body['v'] = 2)],
    ['no log', '/log', (body) => delete body['log']],
    ['a log of another origin', '/log', (body) => (body['log'] = `elsewhere/${id}`)],
    ['a negative seq', '/seq', (body) => (body['seq'] = -1)],
    ['a seq of text', '/seq', (body) => (body['seq'] = '7')],
    ['a half seq', '/seq', (body) => (body['seq'] = 1.5)],
    ['no hash before it', '/prev', (body) => delete body['prev']],
    ['a hash before the first', '/prev', (body) => (body['seq'] = 0)],
    ['a short hash', '/prev', (body) => (body['prev'] = 'AAAA')],
    ['an id in capitals', '/id', (body) => (body['id'] = id.toUpperCase())],
    ['an instant without milliseconds', '/at', (body) => (body['at'] = '2026-03-02T09:00:00Z')],
    ['a day that is none', '/at', (body) => (body['at'] = '2026-02-30T09:00:00.000Z')],
    ['a correlation of free text', '/correlation', (body) => (body['correlation'] = 'my own words')],
    ['no causation', '/causation', (body) => delete body['causation']],
    ['an actor of no kind', '/actor', (body) => (body.actor['kind'] = 'robot')],
    ['an actor with a name', '/actor', (body) => (body.actor['name'] = 'Camille')],
    ['a representative without mandate', '/actor', (body) => delete body.actor['mandate']],
    ['a mandate that is no id', '/actor', (body) => (body.actor['mandate'] = 'mine')],
    ['a facilitator with a mandate', '/actor', (body) => (body.actor['kind'] = 'facilitator')],
    ['a system with a person', '/actor', (body) => (body.actor = { kind: 'system', person: id })],
    ['a command without name', '/command', (body) => delete body.command['name']],
    ['a command with arguments', '/command', (body) => (body.command['args'] = {})],
    ['a command id of text', '/command', (body) => (body.command['id'] = 'first')],
    ['no events', '/events', (body) => (body.events = [])],
    ['events by name', '/events', (body) => ((body as Members)['events'] = {})],
    ['more than a hundred events', '/events', (body) => (body.events = Array.from({ length: 101 }, () => event(body)))],
    ['an event of no members', '/events/0', (body) => ((body as Members)['events'] = ['PositionTaken'])],
    ['an event with an unknown member', '/events/0', (body) => (event(body)['note'] = 'x')],
    ['an event without data', '/events/0', (body) => delete (event(body) as Members)['data']],
    ['an event without version', '/events/0', (body) => delete event(body)['v']],
    ['an event type of no catalogue', '/events/0/type', (body) => (event(body)['type'] = 'PositionStolen')],
    ['an event version of the future', '/events/0/type', (body) => (event(body)['v'] = 99)],
    ['a subject of free text', '/events/0/subject', (body) => (event(body)['subject'] = 'the round of Monday')],
    [
      'a day on what is no fact from elsewhere',
      '/events/0/occurredOn',
      (body) => (event(body)['occurredOn'] = '2026-03-01'),
    ],
    ['a due instant that is a day', '/events/0/dueAt', (body) => (event(body)['dueAt'] = '2026-03-01')],
    ['data with free text', '/events/0/data/reason', (body) => (event(body).data['reason'] = 'my own words')],
    ['data with a value of no list', '/events/0/data/value', (body) => (event(body).data['value'] = 'perhaps')],
  ];

  it.each(cases)('%s is invalid at %s', (_what, where, change) => {
    expect(faultOf(changed('PositionTaken', change))).toBe(`entry-invalid: ${where}`);
  });

  const sealed: readonly [string, (body: Body) => void][] = [
    ['none, said as an empty list', (body) => (event(body).sealed = [])],
    ['of a name that the event does not seal', (body) => (commitment(body)['name'] = 'secret')],
    ['with its text', (body) => (commitment(body)['payload'] = 'Partenaire')],
    ['that is no hash', (body) => (commitment(body)['commitment'] = 'Partenaire')],
    ['with its exact length', (body) => (commitment(body)['bytes'] = 15)],
    ['twice', (body) => (event(body).sealed = [commitment(body), commitment(body)])],
    ['as text', (body) => ((event(body) as Members)['sealed'] = 'Partenaire')],
  ];
  it.each(sealed)('a commitment %s is invalid', (_what, change) => {
    expect(faultOf(changed('PartnerInvited', change))).toBe('entry-invalid: /events/0/sealed');
  });

  it('commitments out of order are invalid', () => {
    const body = changed('AllianceFormed', (first) => event(first).sealed.reverse());
    expect(faultOf(body)).toBe('entry-invalid: /events/0/sealed');
  });

  it('a fact from elsewhere has its own day', () => {
    const onDay = (day: string) =>
      faultOf(changed('ContributionDeclared', (body) => (event(body)['occurredOn'] = day)));
    expect(onDay('2026-03-01')).toBe('fits');
    expect(onDay('2026-02-30')).toBe('entry-invalid: /events/0/occurredOn');
  });
});

describe('the length of a body', () => {
  it('is 60,000 bytes at most', () => {
    const ofLength = (bytes: number): string => {
      const padded = (more: number) => changed('PositionTaken', (body) => (body.command['name'] = 'T'.repeat(more)));
      return padded(bytes - Buffer.byteLength(padded(0)));
    };
    expect(faultOf(ofLength(MAX_ENTRY_BYTES))).toBe('fits');
    expect(faultOf(ofLength(MAX_ENTRY_BYTES + 1))).toBe('entry-invalid: more bytes than an entry holds');
  });
});
