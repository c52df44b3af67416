import { documentHash } from '#engine';
import type { Id } from '#kernel';
import { FAULT_WORDS, verifyLedger } from '#transparency';
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandIdOf } from '#http';
import { rehearsedLedger } from '../testing/rehearsed.js';

const PAGE = readFileSync('docs/formats.md', 'utf8');

/** The lines of a fence of the page, by the label behind its language. */
function fence(label: string): string {
  const [, text] = new RegExp(`^\`\`\`text ${label}\\n(.*?)\\n\`\`\`$`, 'ms').exec(PAGE) ?? [];
  if (text === undefined) throw new Error(`no fence ${label}`);
  return text;
}

// What the page says, written down once more with nothing of the program's own: the reader's second verifier.
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');
const hmac = (key: string, text: string): string =>
  createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64');
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

function idOf(...parts: readonly string[]): string {
  const bytes = createHash('sha256').update(parts.join('\n')).digest();
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: 26 }, (_, at) => ALPHABET[parseInt(bits.slice(at * 5, at * 5 + 5), 2)]).join('');
}

/** Canonical JSON of values that hold no numbers but integers, and no names beyond ASCII. */
function jcs(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${jcs(member)}`).join(',')}}`;
}

interface Event {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly sealed?: readonly { readonly name: string; readonly commitment: string; readonly bytes: number }[];
}
interface Body {
  readonly log: string;
  readonly seq: number;
  readonly prev?: string;
  readonly id: string;
  readonly correlation: string;
  readonly causation: string;
  readonly command: { readonly id: string };
  readonly events: readonly Event[];
}
interface Opening {
  readonly seq: number;
  readonly event: number;
  readonly name: string;
  readonly salt: string;
  readonly payload: string;
}

const entry = (number: number): Body => JSON.parse(fence(`entry-${String(number)}`)) as Body;
const openings = (number: number): Opening[] =>
  fence(`opening-${String(number)}`)
    .split('\n')
    .map((line) => JSON.parse(line) as Opening);

function event(body: Body, at: number): Event {
  const found = body.events[at];
  if (!found) throw new Error('no such event');
  return found;
}

function payloads(of: readonly Opening[]): Record<string, unknown> {
  return Object.fromEntries(of.map(({ name, payload }) => [name, JSON.parse(payload) as unknown]));
}

describe('the worked example of the exact forms', () => {
  it('is what the program records, and verifies', async () => {
    const { entries } = await rehearsedLedger(mkdtempSync(join(tmpdir(), 'collegium-formats-')));
    for (const number of [0, 17, 18]) expect(entries[number]?.body).toBe(fence(`entry-${String(number)}`));
    const given = openings(18).map(({ event, name, salt, payload }) => ({ event, name, salt, payload }));
    expect(entries[18]?.openings).toEqual(given);
    const verdict = await verifyLedger(entries, { openingsOf: (seq) => entries[seq]?.openings ?? [] });
    expect(verdict.fault).toBeUndefined();
  });

  it('a body is its own canonical JSON, its hash is over its bytes, and the next one names it', () => {
    for (const number of [0, 17, 18]) expect(jcs(entry(number))).toBe(fence(`entry-${String(number)}`));
    for (const number of [0, 17]) {
      expect(sha256(fence(`entry-${String(number)}`))).toBe(fence(`hash-${String(number)}`));
    }
    expect(entry(18).prev).toBe(fence('hash-17'));
    expect('prev' in entry(0)).toBe(false);
    for (const { id, correlation, causation } of [0, 17, 18].map(entry))
      expect([correlation, causation]).toEqual([id, id]);
  });

  it('the id of the alliance is that of the data of its first event', () => {
    const id = idOf(jcs(event(entry(0), 0).data));
    expect(entry(0).log).toBe(`collegium/${id}`);
    expect(PAGE).toContain(`gives the alliance: \`${id}\``);
  });

  it('an opening fits its commitment', () => {
    for (const number of [0, 18]) {
      for (const { seq, event: at, name, salt, payload } of openings(number)) {
        const held = event(entry(number), at).sealed?.find((one) => one.name === name);
        const place = ['collegium-seal/v1', entry(number).log, String(seq), String(at), name, payload].join('\n');
        expect(held?.commitment).toBe(hmac(salt, place));
        expect(held?.bytes).toBe(Math.ceil(Buffer.byteLength(payload) / 64) * 64);
      }
    }
  });

  it('the hash of a version covers its text, and its requests without their ids', () => {
    const { text, textKey } = payloads(openings(18));
    const { conditions, requests, textHash } = event(entry(18), 0).data;
    const asked = (requests as Readonly<Record<string, unknown>>[]).map(({ requestId: _made, ...request }) => request);
    const content = jcs({ conditions, requests: asked, text });
    expect(textHash).toBe(hmac(String(textKey), `collegium-text/v1\n${content}`));
  });

  it('the hash of a charter covers its whole record and its texts', async () => {
    const { entries } = await rehearsedLedger(mkdtempSync(join(tmpdir(), 'collegium-formats-')));
    const drafted = entries.find(({ command }) => command === 'DraftCharter');
    const body = JSON.parse(drafted?.body ?? '') as Body;
    const { charterKey, ...texts } = payloads((drafted?.openings ?? []) as Opening[]);
    const { charter, charterHash } = event(body, 0).data;
    expect(texts).not.toEqual({});
    expect(charterHash).toBe(hmac(String(charterKey), `collegium-charter/v1\n${jcs({ charter, ...texts })}`));
  });

  it('ids that follow from something are as said', async () => {
    const { log, seq, command, events } = entry(17);
    const alliance = log.slice('collegium/'.length);
    expect(command.id).toBe(idOf('collegium-id/v1', alliance, 'Tick', String(seq)));
    const { entries } = await rehearsedLedger(mkdtempSync(join(tmpdir(), 'collegium-formats-')));
    const data = entries.flatMap((one) => (JSON.parse(one.body) as Body).events);
    const raised = data.find(({ type }) => type === 'ObjectionRaised')?.data ?? {};
    expect(raised['objectionId']).toBe(idOf('collegium-id/v1', String(raised['positionId']), 'ObjectionRaised', '0'));
    const adopted = data.find(({ type }) => type === 'DecisionAdopted')?.data ?? {};
    expect(adopted['decisionId']).toBe(idOf('collegium-id/v1', String(adopted['roundId']), 'DecisionAdopted', '0'));
    expect(events.map(({ type }) => type)).toEqual(['RoundClosed']);
  });

  it('the snapshot is what the input hash hashes, and counts positions from 1', () => {
    const snapshot = fence('snapshot-17');
    expect(event(entry(17), 0).data['inputHash']).toBe(sha256(snapshot));
    const { positions } = JSON.parse(snapshot) as { readonly positions: readonly { readonly seq: number }[] };
    expect(positions.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('the id of a command and the hash of a document are as said', () => {
    const [, account = '', key = ''] =
      /account `([a-z2-7]{26})`\s+with\s+the\s+idempotency\s+key\s+`([^`]+)`/.exec(PAGE) ?? [];
    const alliance = entry(0).log.slice('collegium/'.length);
    expect(fence('command-id')).toBe(idOf('collegium-command/v1', account, alliance, key));
    expect(fence('command-id')).toBe(commandIdOf(account as Id, alliance as Id, key));
    const held = hmac(fence('document-key'), `collegium-document/v1\n${sha256('abc')}`);
    expect(fence('document-hash')).toBe(held);
    expect(documentHash(fence('document-key'), sha256('abc'))).toBe(held);
  });
});

describe('the reason words of the page', () => {
  it('are those of the verifier, in its order', () => {
    const [, table = ''] = /## The verdict(.*?)## A worked/s.exec(PAGE) ?? [];
    const words = [...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, word]) => word);
    expect(words).toEqual(FAULT_WORDS);
  });
});

describe('the estimate that ends an entry', () => {
  it('counts what the page says', () => {
    const source = readFileSync('libs/engine/commit.ts', 'utf8');
    const figure = (name: string): string => new RegExp(`const ${name}_BYTES = ([\\d_]+);`).exec(source)?.[1] ?? '';
    const [envelope, each, sealed] = ['ENVELOPE', 'EVENT', 'COMMITMENT'].map((name) => figure(name).replace('_', ','));
    const said = `counts ${String(envelope)} for the entry and, for each event, the bytes of \`JCS(data)\`, ${String(each)}, and ${String(sealed)} for each sealed value`;
    expect(PAGE.replaceAll(/\s+/g, ' ')).toContain(said);
  });
});
