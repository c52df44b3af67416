import { capacitiesOf } from '#alliance';
import type { Capacity } from '#alliance';
import { instantAfter } from '#engine';
import type { State } from '#engine';
import { IdentityStore } from '#identity';
import type { PersonRefs } from '#identity';
import type { Id } from '#kernel';
import { AllianceLedger } from '#ledger';
import { Injectable } from '@nestjs/common';
import { Clock } from './clock.js';

/** What a caller may read of an alliance, from the state at the head. */
export interface Reading {
  readonly alliance: Id;
  readonly state: State;
  readonly capacities: readonly Capacity[];
  /** People of a partner that left read what was there when it left. */
  readonly untilSeq?: number;
}

/** The persons that an account is in an alliance: its bound refs, and the spare when the alliance has named it. */
export function personsIn(state: State, { bound, spare }: PersonRefs): readonly Id[] {
  const held = state.alliance.holdings.get(spare) ?? [];
  return held.length > 0 ? [...bound, spare] : bound;
}

/** Reading rights follow the ledger at the head (HTTP page, 8): a mandate, a term as facilitator, an access in force. */
@Injectable()
export class ReadingRights {
  constructor(
    private readonly ledger: AllianceLedger<State>,
    private readonly identity: IdentityStore,
    private readonly clock: Clock,
  ) {}

  async of(account: Id, alliance: Id): Promise<Reading | undefined> {
    const state = await this.ledger.state(alliance);
    if (!state) return undefined;
    const persons = personsIn(state, await this.identity.refsOf(account, alliance));
    const at = instantAfter(state, this.clock.now());
    const capacities = persons.flatMap((person) => capacitiesOf(state.alliance, person, at));
    if (capacities.length > 0) return { alliance, state, capacities };
    const untilSeq = leavingSeq(state, persons);
    return untilSeq === undefined ? undefined : { alliance, state, capacities, untilSeq };
  }
}

/** The last entry in which a partner left and took a mandate of these persons with it. */
function leavingSeq({ alliance }: State, persons: readonly Id[]): number | undefined {
  const left = [...alliance.mandates.values()].filter(({ personRef }) => persons.includes(personRef));
  const seqs = left.flatMap(({ leftSeq }) => (leftSeq === undefined ? [] : [leftSeq]));
  return seqs.length > 0 ? Math.max(...seqs) : undefined;
}
