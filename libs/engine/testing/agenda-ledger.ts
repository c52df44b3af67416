import { completeCharter } from '#alliance';
import { event } from '#contracts';
import type { DomainEvent } from '#contracts';
import { addDays, hashedId, sha256, startOfDay } from '#kernel';
import type { Actor, Day, Hash, Id } from '#kernel';
import { EMPTY_HEAD, headOf, makeEntry } from '#ledger';
import type { Entry } from '#ledger';
import { SeededEntropy } from '#rehearsal';
import { askFrom, foldAsOf } from '#views';
import type { AsOf, Readers, RowReader } from '#views';
import { agendaView } from '../agenda.view.js';

const ZONE = 'Europe/Paris';
export const id = (name: string): Id => hashedId('agenda', name);
export const [ann, bob, cleo] = [id('ann'), id('bob'), id('cleo')] as [Id, Id, Id];
export const voiceOf = (partner: Id): Actor => ({ kind: 'representative', partner, mandate: partner, person: partner });

/** A ledger of events as they stand, each entry at noon of a day, and what an agenda says of it. */
export class AgendaLedger {
  readonly entries: Entry[] = [];
  private readonly entropy = new SeededEntropy('agenda');
  private day: Day = '2026-03-01';

  constructor() {
    this.holds(event('AllianceFormed', { timeZone: ZONE, locale: 'fr', nonce: sha256('nonce') }));
    for (const partnerId of [ann, bob, cleo]) this.admits(partnerId);
  }

  on(day: Day): this {
    this.day = day;
    return this;
  }

  holds(...events: readonly DomainEvent[]): this {
    return this.by({ kind: 'facilitator', person: id('fay') }, ...events);
  }

  by(actor: Actor, ...events: readonly DomainEvent[]): this {
    const at = startOfDay(this.day, 'Etc/GMT+12');
    const head = this.entries.at(-1);
    const draft = { at, actor, command: { id: this.entropy.id(), name: 'Test' }, events };
    this.entries.push(makeEntry(head ? headOf(head) : EMPTY_HEAD, draft, this.entropy));
    return this;
  }

  admits(partnerId: Id): this {
    const invited = { partnerId, kind: 'association', registerScheme: 'none', founding: true } as const;
    return this.holds(event('PartnerInvited', invited), event('PartnerAdmitted', { partnerId }));
  }

  drafts(charterHash: Hash): this {
    return this.holds(event('CharterDrafted', { charterVersion: 1, charterHash, charter: completeCharter({}) }));
  }

  signs(partner: Id, charterHash: Hash): this {
    return this.by(voiceOf(partner), event('CharterSigned', { charterVersion: 1, charterHash }));
  }

  governed(): this {
    const charterHash = sha256('charter');
    this.drafts(charterHash);
    for (const partner of [ann, bob, cleo]) this.signs(partner, charterHash);
    return this.holds(event('CharterAdopted', { charterVersion: 1, charterHash }));
  }

  /** What waits for a partner as of a day, as `what by`. */
  async awaits(partnerId: Id, trueOn: Day = this.day): Promise<readonly string[]> {
    const now = startOfDay(addDays(this.day, 1), ZONE);
    const answer = await askFrom(this.entries, agendaView, { partnerId }, { now, trueOn });
    if ('fault' in answer) throw new Error(answer.fault);
    return answer.data.items.map(({ what, by }) => (by === null ? what : `${what} ${by}`));
  }

  /** How many rows an agenda of a partner lists. */
  async rowsRead(partnerId: Id): Promise<number> {
    const asOf: AsOf = { trueOn: this.day, knownAt: this.entries.length - 1, timeZone: ZONE };
    const folded = await foldAsOf(agendaView.projections, this.entries, asOf);
    let read = 0;
    const counting: Readers = <D>({ name }: { readonly name: string }): RowReader<D> => {
      const rows = folded.get(name) as unknown as RowReader<D>;
      const list: RowReader<D>['list'] = async (...query) => {
        const found = await rows.list(...query);
        read += found.length;
        return found;
      };
      return { get: (key) => rows.get(key), list };
    };
    await agendaView.answer(counting, { partnerId }, asOf);
    return read;
  }
}
