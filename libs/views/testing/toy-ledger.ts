import { event } from '#contracts';
import type { DomainEvent } from '#contracts';
import { addDays, hashedId, sha256 } from '#kernel';
import type { Day, Id, Instant } from '#kernel';
import { EMPTY_HEAD, headOf, makeEntry, readEntry, seal, UnknownEvent } from '#ledger';
import type { Entropy, Entry } from '#ledger';
import type { LedgerSource } from '../ledger-source.js';

export const TOY_DAY: Day = '2026-03-01';

/** Ledgers in memory with the same bytes at every run: one entry an hour from noon of TOY_DAY on. */
export class ToyLedger implements LedgerSource {
  private readonly ledgers = new Map<Id, Entry[]>();
  private drawn = 0;
  private readonly entropy: Entropy = {
    id: () => hashedId('toy', (this.drawn += 1)),
    key: () => sha256(`toy ${String((this.drawn += 1))}`),
  };

  /** A new alliance, told apart by its number. */
  form(number: number): Id {
    const data = { timeZone: 'Europe/Paris', locale: 'fr', nonce: sha256(`nonce ${number}`) } as const;
    return this.write([], [event('AllianceFormed', data, { sealed: { name: seal(`Alliance ${number}`) } })]).alliance;
  }

  append(alliance: Id, ...events: readonly DomainEvent[]): Entry {
    return this.write(this.entriesOf(alliance), events);
  }

  entriesOf(alliance: Id): Entry[] {
    return this.ledgers.get(alliance) ?? [];
  }

  /** Takes entries from `seq` on away, as no honest ledger does. */
  cut(alliance: Id, seq: number): void {
    this.entriesOf(alliance).splice(seq);
  }

  async read(alliance: Id, fromSeq: number, limit: number): Promise<readonly Entry[]> {
    return this.entriesOf(alliance)
      .slice(fromSeq, fromSeq + limit)
      .map(({ body }) => readEntry(body));
  }

  async head(alliance: Id): Promise<ReturnType<typeof headOf> | undefined> {
    const last = this.entriesOf(alliance).at(-1);
    return last && headOf(last);
  }

  async alliances(after: Id | undefined, limit: number): ReturnType<LedgerSource['alliances']> {
    return [...this.ledgers.values()]
      .flatMap((entries) => entries.slice(-1))
      .filter(({ alliance }) => after === undefined || alliance > after)
      .sort((a, b) => (a.alliance < b.alliance ? -1 : 1))
      .slice(0, limit)
      .map(({ alliance, seq, hash, at }) => ({ alliance, seq, hash, at }));
  }

  private write(before: Entry[], events: readonly DomainEvent[]): Entry {
    const last = before.at(-1);
    const command = { id: this.entropy.id(), name: 'Toy' };
    const draft = { at: toyInstant(before.length), actor: { kind: 'system' } as const, command, events };
    const entry = makeEntry(last ? headOf(last) : EMPTY_HEAD, draft, this.entropy);
    this.ledgers.set(entry.alliance, [...before, entry]);
    return entry;
  }
}

/** When the entry with this seq is recorded. */
export function toyInstant(seq: number): Instant {
  return `${addDays(TOY_DAY, Math.floor((seq + 12) / 24))}T${String((seq + 12) % 24).padStart(2, '0')}:00:00.000Z`;
}

/** A ledger with an entry that only a newer program can read. */
export class NewerLedger extends ToyLedger {
  newer: number | undefined;

  override async read(alliance: Id, fromSeq: number, limit: number): Promise<readonly Entry[]> {
    const entries = await super.read(alliance, fromSeq, limit);
    if (entries.some(({ seq }) => seq === this.newer)) throw new UnknownEvent('Toy v2');
    return entries;
  }
}
