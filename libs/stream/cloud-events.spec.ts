import { definitionOf, event, events, eventDataSchema, exampleData } from '#contracts';
import type { DomainEvent, EventType } from '#contracts';
import { hashedId, sha256 } from '#kernel';
import { EMPTY_HEAD, headOf, makeEntry, seal, UnknownEvent } from '#ledger';
import type { Entry } from '#ledger';
import { Kafka as KafkaJudge } from 'cloudevents';
import type { CloudEvent as JudgedEvent } from 'cloudevents';
import { CLOUD_EVENT_ATTRIBUTES, cloudEventsOf } from './cloud-events.js';

const SECRET = 'Le texte que personne ne doit lire';
const URL = 'https://alliance.example';
const types = Object.keys(events) as EventType[];

function entropy() {
  let drawn = 0;
  return { id: () => hashedId('cloud', drawn++), key: () => sha256(`cloud ${String(drawn++)}`) };
}

/** An event of this type with every member, every sealed part and every day that it can have. */
function fullEvent(type: EventType): DomainEvent {
  const { sealed, fact } = definitionOf(type);
  const values = Object.fromEntries(Object.keys(sealed).map((name) => [name, seal(SECRET)]));
  const made = event(type, exampleData(type, 'full') as never, { sealed: values });
  return { ...made, ...(fact ? { occurredOn: '2026-03-01' } : {}), dueAt: '2026-03-02T00:00:00.000Z' };
}

function entryOf(...made: readonly DomainEvent[]): Entry {
  const forming = event('AllianceFormed', { timeZone: 'Europe/Paris', locale: 'fr', nonce: sha256('cloud') });
  const draft = (events: readonly DomainEvent[]) => ({
    at: '2026-03-02T08:00:00.000Z',
    actor: { kind: 'system' } as const,
    command: { id: hashedId('cloud', 'command'), name: 'Tick' },
    events,
  });
  return makeEntry(headOf(makeEntry(EMPTY_HEAD, draft([forming]), entropy())), draft(made), entropy());
}

describe('an entry as CloudEvents', () => {
  it('has one event of the entry each, with all attributes of the page', () => {
    const entry = entryOf(
      event('PartnerAdmitted', { partnerId: hashedId('cloud', 'a') }),
      event('PartnerWithdrew', { partnerId: hashedId('cloud', 'a') }, { sealed: { reason: seal(SECRET) } }),
    );
    const [first, second] = cloudEventsOf(entry, URL);
    expect(first?.attributes).toEqual({
      specversion: '1.0',
      id: `${entry.alliance}-1-0`,
      source: `collegium/${entry.alliance}`,
      type: 'org.collegium.alliance.PartnerAdmitted.v1',
      subject: `partner/${hashedId('cloud', 'a')}`,
      time: '2026-03-02T08:00:00.000Z',
      dataschema: 'https://alliance.example/schemas/alliance/PartnerAdmitted/v1.json',
      sequence: '0000000000000001',
      partitionkey: entry.alliance,
      correlationid: entry.correlation,
      causationid: entry.causation,
      entryhash: entry.hash,
      dataclassification: 'public',
    });
    expect(second?.attributes.id).toBe(`${entry.alliance}-1-1`);
    const commitment = expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) as string;
    expect(JSON.parse(second?.data ?? '')).toEqual({
      partnerId: hashedId('cloud', 'a'),
      sealed: [{ name: 'reason', commitment }],
    });
  });

  it.each(types)('has all that is public of an event and no sealed text: %s', (type) => {
    const [made] = cloudEventsOf(entryOf(fullEvent(type)), URL);
    expect(made?.data).not.toContain(SECRET);
    expect(JSON.stringify(made?.attributes)).not.toContain(SECRET);
    const { sealed = [], occurredOn, dueAt, ...data } = JSON.parse(made?.data ?? '') as Record<string, unknown>;
    expect(data).toEqual(exampleData(type, 'full'));
    expect((sealed as { name: string }[]).map(({ name }) => name)).toEqual(
      Object.keys(definitionOf(type).sealed).sort(),
    );
    expect([occurredOn, dueAt]).toEqual([definitionOf(type).fact && '2026-03-01', '2026-03-02T00:00:00.000Z']);
  });

  it('has no event whose own members are named like those that are added', () => {
    const taken = types.filter((type) => {
      const members = Object.keys((eventDataSchema(type) as { properties: object }).properties);
      return members.some((name) => ['occurredOn', 'dueAt', 'sealed'].includes(name));
    });
    expect(taken).toEqual([]);
  });

  it.each(types)('is what the judge reads as a CloudEvent in Kafka binary mode: %s', (type) => {
    const entry = entryOf(fullEvent(type));
    const [made] = cloudEventsOf(entry, URL);
    const attributes = Object.entries<string>(made?.attributes ?? {}).map(
      ([name, value]) => [`ce_${name}`, value] as const,
    );
    const headers: Record<string, string> = Object.fromEntries([...attributes, ['content-type', 'application/json']]);
    const message = { headers, key: entry.alliance, value: made?.data, body: made?.data, timestamp: '' };
    expect(KafkaJudge.isEvent(message)).toBe(true);
    const judged = KafkaJudge.toEvent<object>(message) as JudgedEvent<object>;
    expect(judged.validate()).toBe(true);
    expect(judged.datacontenttype).toBe('application/json');
    for (const name of CLOUD_EVENT_ATTRIBUTES) {
      const given = (judged as unknown as Record<string, unknown>)[name];
      const value = name === 'time' ? new Date(String(given)).toISOString() : given;
      expect({ name, value }).toEqual({ name, value: made?.attributes[name] });
    }
  });

  it('is the same whatever program reads the body again', () => {
    const entry = entryOf(fullEvent('PositionTaken'));
    const { body, hash } = entry;
    expect(cloudEventsOf({ body, hash }, URL)).toEqual(cloudEventsOf(entry, URL));
  });

  it('keeps the version in which an event was recorded, and refuses a type that it does not know', () => {
    const entry = entryOf(event('PartnerAdmitted', { partnerId: hashedId('cloud', 'a') }));
    const later = { ...entry, body: entry.body.replace('"v":1}]', '"v":7}]') };
    expect(later.body).not.toBe(entry.body);
    expect(cloudEventsOf(later, URL)[0]?.attributes).toMatchObject({
      type: 'org.collegium.alliance.PartnerAdmitted.v7',
      dataschema: `${URL}/schemas/alliance/PartnerAdmitted/v7.json`,
    });
    const unknown = { ...entry, body: entry.body.replace('PartnerAdmitted', 'PartnerAdored') };
    expect(() => cloudEventsOf(unknown, URL)).toThrow(UnknownEvent);
  });
});
