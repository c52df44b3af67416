import { COMMAND_NAMES } from '#contracts';
import { tickId } from '#ledger';
import type { Entry } from '#ledger';
import type { Id } from '#kernel';
import { verifyLedger } from '#transparency';
import fc from 'fast-check';
import { eventIn, forge, playExample, seqOf } from '../testing/forge.js';
import type { Draft } from '../testing/forge.js';

let entries: readonly Entry[];
let bodies: string[];
let head: { seq: number; hash: string };

beforeAll(async () => {
  entries = await playExample('first-consent.ndjson');
  bodies = entries.map(({ body }) => body);
  const last = entries.at(-1);
  head = { seq: last?.seq ?? -1, hash: last?.hash ?? '' };
});

async function wordOf(copy: readonly (string | Uint8Array)[], known = false): Promise<string> {
  const { fault } = await verifyLedger(
    copy.map((body) => ({ body })),
    known ? { head } : {},
  );
  return fault ? `${fault.word} ${String(fault.seq)}` : 'holds';
}

describe('a copy with the head that was held from before', () => {
  it('holds as it is', async () => {
    expect(await wordOf(bodies, true)).toBe('holds');
  });

  it('does not hold with any byte flipped, and the entry is named', async () => {
    const property = fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), fc.nat(), async (line, flip, at) => {
      const seq = line % bodies.length;
      const bytes = Buffer.from(bodies[seq] ?? '');
      const place = at % bytes.length;
      bytes[place] = (bytes[place] ?? 0) ^ flip;
      const copy: (string | Uint8Array)[] = [...bodies];
      copy[seq] = bytes;
      const { fault } = await verifyLedger(
        copy.map((body) => ({ body })),
        { head },
      );
      // A flip that leaves a well-formed entry shows where the chain or the head no longer fits: there, or one behind.
      expect([seq, seq + 1]).toContain(fault?.seq);
    });
    await fc.assert(property, { numRuns: process.env['DEEP'] === '1' ? 3000 : 100 });
  });

  it('does not hold without a line, with two lines swapped, or with the tail cut', async () => {
    for (let seq = 0; seq < bodies.length - 1; seq++) {
      const rest = bodies.filter((_body, index) => index !== seq);
      expect(await wordOf(rest, true)).toMatch(seq === 0 ? /^(wrong-log|gap) 0$/ : new RegExp(`^gap ${String(seq)}$`));
    }
    const swapped = [...bodies];
    [swapped[4], swapped[5]] = [bodies[5] ?? '', bodies[4] ?? ''];
    expect(await wordOf(swapped, true)).toBe('gap 4');
    expect(await wordOf(bodies.slice(0, -1), true)).toBe(`head-differs ${String(bodies.length - 1)}`);
    expect(await wordOf(bodies.slice(0, -1))).toBe('holds');
  });

  it('does not hold with its last entry written anew, which nothing else could tell', async () => {
    const rewritten = forge(bodies, (drafts) => {
      const last = drafts.at(-1);
      if (last) last.id = last.causation = 'a'.repeat(26);
    });
    expect(await wordOf(rewritten)).toBe('holds');
    expect(await wordOf(rewritten, true)).toBe(`head-differs ${String(bodies.length - 1)}`);
  });
});

describe('one forgery with all hashes right, for each rule that is run again', () => {
  const cases: readonly [string, string, (drafts: Draft[]) => void, (forged: string[]) => number][] = [
    [
      'an outcome that does not follow',
      'outcome-differs',
      (drafts) => {
        const outcome = eventIn(drafts[seqOf(bodies, 'RoundClosed', 1)], 'RoundClosed')['outcome'] as {
          participation: number;
        };
        outcome.participation -= 1;
      },
      () => seqOf(bodies, 'RoundClosed', 1),
    ],
    [
      'an input hash of something else',
      'input-hash-differs',
      (drafts) => {
        eventIn(drafts[seqOf(bodies, 'RoundClosed')], 'RoundClosed')['inputHash'] = entries[0]?.hash;
      },
      () => seqOf(bodies, 'RoundClosed'),
    ],
    [
      'an adopted round without its decision',
      'auto-event-differs',
      (drafts) => {
        const closing = drafts[seqOf(bodies, 'DecisionAdopted')];
        if (closing) closing.events = closing.events.filter(({ type }) => type === 'RoundClosed');
      },
      () => seqOf(bodies, 'DecisionAdopted'),
    ],
    [
      'a decision that no round adopted',
      'auto-event-differs',
      (drafts) => {
        const decided = drafts[seqOf(bodies, 'DecisionAdopted')]?.events.find(({ type }) => type === 'DecisionAdopted');
        if (decided) drafts[seqOf(bodies, 'RoundClosed')]?.events.push(structuredClone(decided));
      },
      () => seqOf(bodies, 'RoundClosed'),
    ],
    [
      'a due event left out',
      'auto-event-differs',
      (drafts) => void drafts.splice(seqOf(bodies, 'RoundClosed'), 1),
      () => seqOf(bodies, 'RoundClosed'),
    ],
    [
      'a consequence moved into a commit of its own',
      'auto-event-differs',
      (drafts) => {
        const seq = seqOf(bodies, 'DecisionAdopted');
        const closing = drafts[seq];
        if (!closing) return;
        const late = structuredClone(closing);
        const alliance = late.log.slice('collegium/'.length) as Id;
        late.id = 'a'.repeat(26);
        late.command.id = tickId(alliance, seq + 1);
        late.events = late.events.splice(1);
        closing.events = closing.events.slice(0, 1);
        drafts.splice(seq + 1, 0, late);
      },
      () => seqOf(bodies, 'DecisionAdopted'),
    ],
    [
      'an act under another partner’s mandate',
      'entry-invalid',
      (drafts) => {
        const position = drafts[seqOf(bodies, 'PositionTaken')];
        const other = drafts[seqOf(bodies, 'PositionTaken', 1)];
        if (position && other) position.actor['mandate'] = other.actor['mandate'] ?? '';
      },
      () => seqOf(bodies, 'PositionTaken'),
    ],
    [
      'an act without the power',
      'entry-invalid',
      (drafts) => {
        const granted = eventIn(drafts[seqOf(bodies, 'MandateGranted')], 'MandateGranted');
        granted['powers'] = ['speak'];
      },
      (forged) => seqOf(forged, 'CharterSigned'),
    ],
    [
      'a facilitator who was never appointed',
      'entry-invalid',
      (drafts) => {
        const invited = drafts[seqOf(bodies, 'PartnerInvited')];
        if (invited) invited.actor['person'] = 'b'.repeat(26);
      },
      () => seqOf(bodies, 'PartnerInvited'),
    ],
    [
      'more attested than was given',
      'entry-invalid',
      (drafts) => {
        eventIn(drafts[seqOf(bodies, 'ContributionAcknowledged')], 'ContributionAcknowledged')['amount'] = '31';
      },
      () => seqOf(bodies, 'ContributionAcknowledged'),
    ],
    [
      'a subject that is not the event’s own',
      'entry-invalid',
      (drafts) => {
        const [taken] = drafts[seqOf(bodies, 'PositionTaken')]?.events ?? [];
        if (taken) taken.subject = `round/${'c'.repeat(26)}`;
      },
      () => seqOf(bodies, 'PositionTaken'),
    ],
    [
      'an object made under the id of another',
      'entry-invalid',
      (drafts) => {
        const seq = seqOf(bodies, 'ContributionDeclared');
        const declared = drafts[seq];
        if (!declared) return;
        const again = structuredClone(declared);
        again.id = again.causation = again.command.id = 'b'.repeat(26);
        eventIn(again, 'ContributionDeclared')['fulfils'] = [];
        again.at = drafts.at(-1)?.at ?? again.at;
        drafts.push(again);
      },
      () => bodies.length,
    ],
    [
      'a version without its text',
      'entry-invalid',
      (drafts) => {
        const [versioned] = drafts[seqOf(bodies, 'ProposalVersioned')]?.events.slice(-1) ?? [];
        if (versioned) delete versioned.sealed;
      },
      () => seqOf(bodies, 'ProposalVersioned'),
    ],
    [
      'an entry under the id of another',
      'entry-invalid',
      (drafts) => {
        const [first, second] = [drafts[3], drafts[4]];
        if (first && second) second.id = second.causation = first.id;
      },
      () => 4,
    ],
    [
      'an entry caused by none before it',
      'entry-invalid',
      (drafts) => {
        if (drafts[4]) drafts[4].causation = 'c'.repeat(26);
      },
      () => 4,
    ],
    [
      'an instant before the one before',
      'time-back',
      (drafts) => {
        const drafted = drafts[seqOf(bodies, 'CharterDrafted')];
        if (drafted) drafted.at = '2026-03-01T00:00:00.000Z';
      },
      () => seqOf(bodies, 'CharterDrafted'),
    ],
    [
      'a command recorded twice',
      'command-repeated',
      (drafts) => {
        const [first, second] = [drafts[seqOf(bodies, 'CharterSigned')], drafts[seqOf(bodies, 'CharterSigned', 1)]];
        if (first && second) second.command.id = first.command.id;
      },
      () => seqOf(bodies, 'CharterSigned', 1),
    ],
    [
      'an entry of another log',
      'wrong-log',
      (drafts) => {
        const drafted = drafts[seqOf(bodies, 'CharterDrafted')];
        if (drafted) drafted.log = `collegium/${'d'.repeat(26)}`;
      },
      () => seqOf(bodies, 'CharterDrafted'),
    ],
    [
      'free text in a public field',
      'entry-invalid',
      (drafts) => {
        eventIn(drafts[seqOf(bodies, 'PartnerInvited')], 'PartnerInvited')['registerCode'] = 'nobody should read this';
      },
      () => seqOf(bodies, 'PartnerInvited'),
    ],
  ];

  it.each(cases)('%s: %s', async (_name, word, change, seq) => {
    const forged = forge(bodies, change);
    expect(await wordOf(forged)).toBe(`${word} ${String(seq(forged))}`);
  });

  it('each act under the name of each other command is named, whatever its events leave out', async () => {
    for (const seq of [0, 2, seqOf(bodies, 'CharterDrafted'), seqOf(bodies, 'CharterSigned')]) {
      for (const name of COMMAND_NAMES) {
        const forged = forge(bodies.slice(0, seq + 1), (drafts) => {
          const draft = drafts[seq];
          if (draft) draft.command.name = name;
        });
        const isItsOwn = forged[seq] === bodies[seq];
        expect([name, await wordOf(forged)]).toEqual([name, isItsOwn ? 'holds' : `entry-invalid ${String(seq)}`]);
      }
    }
  });

  it('an alliance is formed by an account, and by no one in another capacity', async () => {
    const forged = forge(bodies.slice(0, 1), (drafts) => {
      if (drafts[0]) drafts[0].actor['kind'] = 'auditor';
    });
    expect(await wordOf(forged)).toBe('entry-invalid 0');
  });

  it('a last entry of the timer holds all that was due by its instant', async () => {
    const seq = entries.findIndex(({ actor }) => actor.kind === 'system');
    const late = forge(bodies.slice(0, seq + 1), (drafts) => {
      const last = drafts.at(-1);
      if (last) last.at = '2029-01-01T00:00:00.000Z';
    });
    expect(await wordOf(late)).toBe(`auto-event-differs ${String(seq + 1)}`);
  });

  it('the untouched drafts still hold, so that each case fails by its own forgery', async () => {
    expect(await wordOf(forge(bodies, () => undefined))).toBe('holds');
  });

  it('a body that is not canonical, a chain that is broken, bytes that are no text', async () => {
    const pretty = [...bodies];
    pretty[3] = JSON.stringify(JSON.parse(bodies[3] ?? ''), null, 1);
    expect(await wordOf(pretty)).toBe('not-canonical 3');
    const other = forge(bodies, (drafts) => {
      if (drafts[2]) drafts[2].id = drafts[2].causation = 'e'.repeat(26);
    });
    expect(await wordOf([...bodies.slice(0, 2), other[2] ?? '', ...bodies.slice(3)])).toBe('chain-broken 3');
    expect(await wordOf([...bodies.slice(0, 5), Uint8Array.of(0xff, 0xfe)])).toBe('unreadable 5');
  });
});

describe('sealed text beside the ledger', () => {
  it('is counted, and what is missing is said', async () => {
    const openingsOf = (seq: number) => entries[seq]?.openings ?? [];
    const all = await verifyLedger(
      bodies.map((body) => ({ body })),
      { openingsOf },
    );
    expect(all.fault).toBeUndefined();
    expect(all.openings).toMatchObject({ missing: 0 });
    const none = await verifyLedger(
      bodies.map((body) => ({ body })),
      { openingsOf: () => [] },
    );
    expect(none.openings).toMatchObject({ checked: 0 });
  });

  it('does not hold when one letter, one salt or one place is another', async () => {
    const seq = seqOf(bodies, 'PartnerInvited');
    const [first] = entries[seq]?.openings ?? [];
    if (!first) throw new Error('no opening');
    const changed = [
      { ...first, payload: '"Autre nom"' },
      { ...first, salt: Buffer.alloc(32).toString('base64') },
      { ...first, name: 'contact' },
    ];
    for (const opening of changed) {
      const { fault } = await verifyLedger(
        bodies.map((body) => ({ body })),
        { openingsOf: (at) => (at === seq ? [opening] : []) },
      );
      expect(fault).toMatchObject({ word: 'commitment-differs', seq });
    }
  });

  it('does not hold when an index column of the store says something else', async () => {
    const columns = (entry: Entry) => ({ ...entry });
    const index = { commandId: 'f'.repeat(26) as Id };
    const copy = entries.map((entry) => ({
      body: entry.body,
      columns: entry.seq === 7 ? { ...columns(entry), ...index } : columns(entry),
    }));
    expect((await verifyLedger(copy)).fault).toMatchObject({ word: 'index-differs', seq: 7 });
  });
});
