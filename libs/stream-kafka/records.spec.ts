import { event } from '#contracts';
import { hashedId, sha256 } from '#kernel';
import { MAX_ENTRY_BYTES } from '#ledger';
import { formAlliances } from '#stream/testing';
import { ToyLedger } from '#views/testing';
import { eventRecords, ledgerRecord, readRecord, weightOf } from './records.js';
import type { UnreadableRecord } from './records.js';
import { TOPICS } from './topic-names.js';

const ledger = new ToyLedger();
const [alliance = ledger.form(1)] = formAlliances(ledger, 1, 5);
const other = hashedId('record', 'other');
const entry = ledger.append(alliance, event('PartnerAdmitted', { partnerId: other }));
const read = (body: string | Buffer | null, key: string | undefined = alliance) =>
  readRecord(key, typeof body === 'string' ? Buffer.from(body) : body);
const changed = (change: (body: Record<string, unknown>) => void) => {
  const body = JSON.parse(entry.body) as Record<string, unknown>;
  change(body);
  return JSON.stringify(body);
};

function withoutUtf8(): Buffer {
  const bytes = Buffer.from(entry.body);
  bytes[bytes.indexOf('Toy')] = 0xff;
  return bytes;
}

describe('a record of the ledger topic', () => {
  it('is the body of the entry under the key of the alliance, and reads back as the entry', () => {
    const { topic, key, value, headers } = ledgerRecord(entry, TOPICS);
    expect({ topic, key, value, headers }).toEqual({
      topic: 'collegium.ledger',
      key: alliance,
      value: entry.body,
      headers: {},
    });
    expect(read(value)).toMatchObject({ alliance, seq: entry.seq, hash: entry.hash, body: entry.body });
  });

  it.each<[UnreadableRecord['cause'], string, string | Buffer | null]>([
    ['NO_VALUE', 'a tombstone', null],
    ['NOT_JSON', 'no JSON', 'once upon a time'],
    ['NOT_JSON', 'nothing', ''],
    ['NOT_JSON', 'cut off', entry.body.slice(0, -1)],
    ['TOO_LARGE', 'larger than an entry', JSON.stringify({ text: 'x'.repeat(MAX_ENTRY_BYTES) })],
    ['WRONG_SCHEMA', 'null', 'null'],
    ['WRONG_SCHEMA', 'a list', '[]'],
    ['WRONG_SCHEMA', 'another object', '{"hello":"world"}'],
    ['WRONG_SCHEMA', 'no UTF-8', withoutUtf8()],
    ['WRONG_SCHEMA', 'without events', changed((body) => (body['events'] = []))],
    ['WRONG_SCHEMA', 'of a later form of entries', changed((body) => (body['v'] = 2))],
    ['WRONG_SCHEMA', 'with a member more', changed((body) => (body['more'] = 1))],
    ['WRONG_SCHEMA', 'not canonical', JSON.stringify(JSON.parse(entry.body), undefined, 1)],
    ['WRONG_SCHEMA', 'with wrong data', entry.body.replace(other, 'someone')],
    ['UNKNOWN_TYPE', 'of an unknown type', entry.body.replace('PartnerAdmitted', 'PartnerAdored')],
    ['UNKNOWN_TYPE', 'of a later version', entry.body.replace('"v":1}]', '"v":9}]')],
  ])('is %s when it is %s', (cause, _what, body) => {
    expect(body).not.toBe(entry.body);
    expect(read(body)).toMatchObject({ cause });
  });

  it('is of no other alliance than its key says', () => {
    expect(read(entry.body, other)).toMatchObject({ cause: 'WRONG_SCHEMA' });
    expect(readRecord(undefined, Buffer.from(entry.body))).toMatchObject({ cause: 'WRONG_SCHEMA' });
  });
});

describe('the records of the events topic', () => {
  it('carry the attributes as headers, the content type, and a value that is never null', () => {
    const second = event('PartnerAdmitted', { partnerId: hashedId('record', 'second') });
    const records = eventRecords(ledger.append(alliance, second, second), TOPICS, 'https://alliance.example');
    expect(records).toHaveLength(2);
    for (const { topic, key, value, headers } of records) {
      expect([topic, key, value]).toEqual(['collegium.events', alliance, JSON.stringify(second.data)]);
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        ce_specversion: '1.0',
        ce_partitionkey: alliance,
        ce_dataclassification: 'public',
      });
      expect(headers['ce_datacontenttype']).toBeUndefined();
    }
    expect(records.map(({ headers }) => headers['ce_id'])).toEqual([`${alliance}-6-0`, `${alliance}-6-1`]);
  });

  it('weigh at least their bytes', () => {
    const record = { topic: 't', key: 'é', value: 'v'.repeat(10), headers: { a: 'b', [sha256('x')]: 'c' } };
    expect(weightOf(record)).toBeGreaterThan(2 + 10 + 1 + 1 + 44 + 1);
  });
});
