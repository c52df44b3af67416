import { event, type DomainEvent } from '#contracts';
import { hashedId, isRefusal, refuse, sha256, Table } from '#kernel';
import type { Actor, Id, Instant } from '#kernel';
import { EMPTY_HEAD, headOf, makeEntry } from '../entry.js';
import type { Entropy } from '../entropy.js';
import type { Entry } from '../entry.js';
import type { Decide, Decided, Request, Standing } from '../request.js';
import { seal } from '../sealing.js';

/** The smallest state that can accept and refuse: which invitations are closed. It stands in for the contexts. */
export interface Tally extends Standing {
  readonly closed: Table<number>;
}

const ACTOR: Actor = { kind: 'system' };
const AT: Instant = '2026-01-01T00:00:00.000Z';

export const tally = {
  initial: { head: EMPTY_HEAD, closed: Table.empty<number>() } satisfies Tally as Tally,
  foldEntry(state: Tally, entry: Entry): Tally {
    let closed = state.closed;
    for (const { type, data } of entry.events) {
      if (type === 'InvitationClosed') closed = closed.with(data.partnerId, entry.seq);
    }
    return { head: headOf(entry), closed };
  },
};

/** Ids and keys that are the same for the same seed. */
export function seededEntropy(seed: string): Entropy {
  let made = 0;
  return { id: () => hashedId(seed, 'id', made++), key: () => sha256(`${seed} key ${String(made++)}`) };
}

export function idOf(...parts: (string | number)[]): Id {
  return hashedId('test', ...parts);
}

/** The command that forms an alliance; the seed makes its id. */
export function forming(seed: string, commandId = idOf('form', seed)): Request<Tally> {
  const data = { timeZone: 'Europe/Paris', locale: 'fr', nonce: sha256(seed) } as const;
  return {
    commandId,
    fingerprint: { text: `form ${seed}` },
    decide: deciding(commandId, [event('AllianceFormed', data, { sealed: { name: seal('Alliance') } })]),
  };
}

export interface Closing {
  readonly text?: string;
  readonly reason?: string;
  readonly entropy?: Entropy;
}

/** A command of one event per partner; refused when one of them is closed already. */
export function closing(commandId: Id, partners: readonly Id[], more: Closing = {}): Request<Tally> {
  const sealed = more.reason === undefined ? {} : { reason: seal(more.reason) };
  const events = partners.map((partnerId) => event('InvitationClosed', { partnerId, cause: 'declined' }, { sealed }));
  const decide = deciding(commandId, events, more.entropy);
  return {
    commandId,
    fingerprint: { text: more.text ?? partners.join() },
    decide: (state) => {
      const refusal = partners.some((partner) => state.closed.has(partner)) && refuse('ALREADY_WITHDRAWN');
      return refusal && isRefusal(refusal) ? { entries: [], state, refusal } : decide(state);
    },
  };
}

/** What the clock demands, as one entry of the system. */
export function dueClosing(partner: Id, at: Instant = AT): Decide<Tally> {
  return (state) => {
    const command = idOf('tick', state.head.alliance ?? '', state.head.seq + 1);
    const events = [event('InvitationClosed', { partnerId: partner, cause: 'lapsed' })];
    const { entries, state: next } = deciding(command, events, seededEntropy(command), at)(state);
    return { entries, state: next };
  };
}

function deciding(id: Id, events: readonly DomainEvent[], entropy = seededEntropy(id), at = AT): Decide<Tally> {
  return (state): Decided<Tally> => {
    const entry = makeEntry(
      state.head,
      { at, actor: ACTOR, command: { id, name: 'CloseInvitation' }, events },
      entropy,
    );
    return { entries: [entry], state: tally.foldEntry(state, entry), entry };
  };
}
