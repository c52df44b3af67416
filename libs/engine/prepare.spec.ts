import { readArguments } from '#contracts';
import type { CommandName } from '#contracts';
import { completeCharter } from '#alliance';
import { hashedId, hmacSha256, sha256 } from '#kernel';
import { makeEntry, EMPTY_HEAD } from '#ledger';
import { SeededEntropy } from '#rehearsal';
import { charterHash, documentHash, preparationWith, prepareCommand, textHash } from './prepare.js';
import { only, PlayedAlliance } from './testing/played-alliance.js';

const keys = new Map<string, string>();
let entropy: SeededEntropy;
beforeEach(() => {
  keys.clear();
  entropy = new SeededEntropy('prepare');
});

async function prepared<N extends CommandName>(name: N, body: object) {
  const input = readArguments(name, body);
  if ('faults' in input) throw new Error(JSON.stringify(input.faults));
  return prepareCommand(name, input, {
    ...preparationWith(entropy),
    textKeyOf: async (proposalId) => keys.get(proposalId),
  });
}

/** The payload that a sealed value stands for, as its opening shows it. */
function textOf(value: unknown): unknown {
  return (value as { readonly payload?: unknown } | undefined)?.payload;
}

const proposalId = hashedId('proposal');
const submitted = (text: string, more: object = {}) =>
  prepared('SubmitProposal', { proposalId, text, reviewOn: '2026-12-01', ...more });

describe('a document', () => {
  const file = sha256('a file');
  const published = (document: string) =>
    prepared('PublishDiagnosis', {
      ...{ studiedOn: '2026-03-01', documentHash: document, sourceHashes: [file, file], title: 'Étude' },
      sources: ['Une source'],
    });

  it('is named by its hash under a fresh key each time, so that equal documents look different', async () => {
    const [first, again] = [await published(file), await published(file)];
    expect(first.documentHash).not.toBe(file);
    expect(first.documentHash).not.toBe(again.documentHash);
    expect(first.documentHash).not.toBe(first.sourceHashes[0]);
  });

  it('is checked with the key that is sealed beside it', async () => {
    const args = await published(file);
    const key = String(textOf(args.sealed['documentHashKey']));
    expect(documentHash(key, file)).toBe(args.documentHash);
    expect(documentHash(key, sha256('another file'))).not.toBe(args.documentHash);
    const sourceKey = String(textOf(args.sealed['sourceHashesKey']));
    expect(args.sourceHashes).toEqual([documentHash(sourceKey, file), documentHash(sourceKey, file)]);
    expect(documentHash(key, file)).toBe(hmacSha256(key, `collegium-document/v1\n${file}`));
  });
});

describe('the hash of a proposal’s text', () => {
  it('is the same for equal versions of one proposal, and another for another proposal', async () => {
    const first = await submitted('Un texte');
    keys.set(proposalId, String(textOf(first.sealed['textKey'])));
    const again = await prepared('ReviseProposal', { proposalId, text: 'Un texte' });
    const other = await prepared('ReviseProposal', { proposalId: hashedId('other'), text: 'Un texte' });
    expect(again.textHash).toBe(first.textHash);
    expect(other.textHash).not.toBe(first.textHash);
  });

  it('covers the text and each request', async () => {
    const first = await submitted('Un texte');
    keys.set(proposalId, String(textOf(first.sealed['textKey'])));
    const request = { partnerIds: [], kind: 'goods', unit: 'piece', amount: '1' };
    const hashes = [
      first.textHash,
      (await submitted('Un texte.')).textHash,
      (await submitted('Un texte', { requests: [request] })).textHash,
      (await submitted('Un texte', { requests: [{ ...request, amount: '2' }] })).textHash,
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('can be made again by who has the key and the text', async () => {
    const { textHash: made, sealed } = await submitted('Un texte');
    const content = { text: 'Un texte', requests: [], conditions: [] };
    expect(textHash(String(textOf(sealed['textKey'])), content)).toBe(made);
  });
});

describe('a draft of a charter', () => {
  it('is complete before it is hashed: what was left out is what the rules say', async () => {
    const { charter } = await prepared('DraftCharter', { charter: { noticeDays: 3 } });
    expect(charter).toEqual(completeCharter({ noticeDays: 3 }));
    expect(charter).toHaveProperty('policies.ordinary');
  });

  it('has a hash of its own key over the rules and the texts', async () => {
    const texts = { preamble: 'Nous voulons agir.', values: 'L’équité.' };
    const [first, again] = [
      await prepared('DraftCharter', { charter: {}, ...texts }),
      await prepared('DraftCharter', { charter: {}, ...texts }),
    ];
    expect(again.charterHash).not.toBe(first.charterHash);
    const key = String(textOf(first.sealed['charterKey']));
    const content = { charter: first.charter as never, texts };
    expect(charterHash(key, content)).toBe(first.charterHash);
    expect(charterHash(key, { ...content, texts: { ...texts, values: 'L’égalité.' } })).not.toBe(first.charterHash);
    expect(charterHash(key, { ...content, charter: { noticeDays: 4 } })).not.toBe(first.charterHash);
  });
});

describe('a text', () => {
  const canary = 'canari-qui-ne-doit-pas-chanter';

  it('is passed on wrapped, those of the parts apart', async () => {
    const objection = { kind: 'harms-aim', touches: { sort: 'aim' }, reason: canary, suggestedChange: 'Autrement' };
    const args = await prepared('TakePosition', { roundId: hashedId('r'), value: 'object', reason: 'Non', objection });
    expect(JSON.stringify(args)).toContain(canary);
    expect(textOf(args.sealed['reason'])).toBe('Non');
    expect(textOf(args.objection?.sealed['reason'])).toBe(canary);
    expect(args.objection).not.toHaveProperty('reason');
  });

  it('stands in the openings of an entry, and never in its body', async () => {
    const played = await PlayedAlliance.governed();
    const proposed = await played.proposes({ text: canary });
    const body = { proposalId: proposed, text: `${canary} bis` };
    await played.accepts('ReviseProposal', body, played.mandates[0] ?? '');
    const bodies = played.entries.map((entry) => entry.body).join('\n');
    const openings = played.entries.flatMap((entry) => entry.openings.map(({ payload }) => payload));
    expect(openings).toEqual(expect.arrayContaining([`"${canary}"`, `"${canary} bis"`]));
    expect(bodies).not.toContain(canary);
  });

  it('left out makes no commitment', async () => {
    const played = await new PlayedAlliance().formed();
    const [entry] = played.entries;
    const again = makeEntry(
      EMPTY_HEAD,
      {
        at: played.now,
        actor: entry?.actor ?? { kind: 'system' },
        command: { id: hashedId('c'), name: 'FormAlliance' },
        events: entry?.events ?? [],
      },
      entropy,
    );
    expect(again.openings.map(({ name }) => name)).toEqual(['name', 'name']);
    expect(only(entry?.events ?? [], 'AllianceFormed')).not.toHaveProperty('name');
  });
});
