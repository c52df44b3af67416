import { canonicalJson } from '#kernel';
import { commitmentOf, originOf } from '#ledger';
import type { Entry, Opening } from '#ledger';
import { formFault } from './form.js';
import { openingsFault } from './openings.js';
import { exampleEntries } from './testing/example.js';

let entries: readonly Entry[];
beforeAll(async () => {
  entries = await exampleEntries();
});

function entryWith(type: string): Entry {
  const found = entries.find(({ events }) => events.some((event) => event.type === type));
  if (!found) throw new Error(`no ${type}`);
  return found;
}

function commitmentsOf({ body }: Entry) {
  const read = formFault(body);
  if ('word' in read) throw new Error(read.detail);
  return read.commitments;
}

const checked = (entry: Entry, openings: readonly Opening[]) => openingsFault(entry, commitmentsOf(entry), openings);

/** The entry with other texts, each commitment made right again: what a forger with all the salts would do. */
function resealed(entry: Entry, change: (opening: Opening) => Opening) {
  const openings = entry.openings.map(change);
  const commitments = openings.map((opening) => {
    const place = { origin: originOf(entry.alliance), seq: entry.seq, event: opening.event };
    const { event, name, salt, payload } = opening;
    const bytes = Math.ceil(Buffer.byteLength(payload) / 64) * 64;
    return { event, name, bytes, commitment: commitmentOf(place, name, salt, payload) };
  });
  return openingsFault(entry, commitments, openings);
}

const withText = (name: string, text: string) => (opening: Opening) =>
  opening.name === name ? { ...opening, payload: canonicalJson(text) } : opening;

describe('an opening that no command could have sealed', () => {
  it.each([
    ['a payload that is not canonical', ' "Autre nom"'],
    ['a record for a title', '{"a":1}'],
    ['a title longer than titles are', JSON.stringify('x'.repeat(201))],
    ['line ends of another system', '"a\\r\\nb"'],
    ['nothing', '""'],
  ])('is refused though its commitment fits: %s', (_name, payload) => {
    const change = (opening: Opening) => (opening.name === 'legalName' ? { ...opening, payload } : opening);
    expect(resealed(entryWith('PartnerInvited'), change)).toMatchObject({ word: 'commitment-differs' });
  });
});

describe('openings of an entry', () => {
  it('fit their commitments, each of them, and all are there', () => {
    for (const entry of entries) {
      expect(checked(entry, entry.openings)).toEqual({ checked: entry.openings.length, missing: 0 });
    }
  });

  it('that are missing are counted, not faulted: they may be erased', () => {
    const entry = entryWith('ProposalVersioned');
    const [first, ...rest] = entry.openings;
    expect(checked(entry, [])).toEqual({ checked: 0, missing: entry.openings.length });
    expect(checked(entry, rest)).toEqual({ checked: rest.length, missing: 1 });
    expect(first && checked(entry, [first, first])).toEqual({ checked: 1, missing: rest.length });
  });

  it.each<[string, (opening: Opening) => Opening]>([
    ['another text', (opening) => ({ ...opening, payload: '"Autre chose"' })],
    ['another salt', (opening) => ({ ...opening, salt: Buffer.alloc(32).toString('base64') })],
    ['another name', (opening) => ({ ...opening, name: 'contact' })],
    ['another event', (opening) => ({ ...opening, event: opening.event + 1 })],
  ])('with %s do not', (_what, change) => {
    const entry = entryWith('PartnerInvited');
    const [opening] = entry.openings;
    if (!opening) throw new Error('no opening');
    expect(checked(entry, [change(opening)])).toMatchObject({ word: 'commitment-differs' });
  });

  it('of one entry do not fit another', () => {
    const [first, second] = entries.filter(({ events }) => events.some(({ type }) => type === 'PartnerInvited'));
    if (!first || !second) throw new Error('two invitations are needed');
    expect(checked(second, first.openings)).toMatchObject({ word: 'commitment-differs' });
  });
});

describe('the hash in a public field', () => {
  it('of a charter is that of its rules and texts, seen with its key', () => {
    const entry = entryWith('CharterDrafted');
    expect(resealed(entry, (opening) => opening)).toMatchObject({ missing: 0 });
    expect(resealed(entry, withText('preamble', 'Nous décidons seuls.'))).toEqual({
      ...{ word: 'commitment-differs', detail: 'the hash in CharterDrafted is not that of its text' },
    });
  });

  it('of a version is that of its text and requests, seen with its key', () => {
    const entry = entryWith('ProposalVersioned');
    expect(resealed(entry, (opening) => opening)).toMatchObject({ missing: 0 });
    expect(resealed(entry, withText('text', 'Rien du tout.'))).toEqual({
      ...{ word: 'commitment-differs', detail: 'the hash in ProposalVersioned is not that of its text' },
    });
  });

  it('says nothing when the key or the text was erased', () => {
    for (const [type, name] of [
      ['CharterDrafted', 'charterKey'],
      ['CharterDrafted', 'preamble'],
      ['ProposalVersioned', 'textKey'],
      ['ProposalVersioned', 'text'],
    ] as const) {
      const entry = entryWith(type);
      expect(
        checked(
          entry,
          entry.openings.filter((one) => one.name !== name),
        ),
      ).toMatchObject({ missing: 1 });
    }
  });
});
