import { resolveActor } from '#alliance';
import { readArguments } from '#contracts';
import type { CommandName } from '#contracts';
import { EMPTY_STATE, foldEntry, perform, preparationWith, prepareCommand } from '#engine';
import type { State } from '#engine';
import { MachineRandomness } from '#http';
import { canonicalJson } from '#kernel';
import type { Id, Json } from '#kernel';
import { AllianceLedger } from '#ledger';
import type { Entry, LedgerStore } from '#ledger';

const entropy = new MachineRandomness();
export const STATEMENT = 'An objective of our association for the territory, said in a few simple words.';

/** The append loop with the real rules, as the server composes it. */
export function ledgerOn(store: LedgerStore): AllianceLedger<State> {
  return new AllianceLedger<State>(store, { initial: EMPTY_STATE, foldEntry }, { entropy });
}

/** An alliance in which one person may declare objectives. */
export interface Worksite {
  readonly alliance: Id;
  readonly partnerId: Id;
  readonly person: Id;
}

/** Forms an alliance, invites a partner and admits it with a mandate. */
export async function worksite(ledger: AllianceLedger<State>): Promise<Worksite> {
  const [founder, person] = [entropy.id(), entropy.id()];
  const today = new Date().toISOString().slice(0, 10);
  const facilitator = { name: 'F', validFrom: today, validTo: yearsOn(today) };
  const formed = await give(ledger, [undefined, founder], 'FormAlliance', {
    name: 'Bench',
    timeZone: 'Europe/Paris',
    locale: 'fr',
    facilitator,
  });
  const { alliance } = formed;
  const partner = { kind: 'company', registerScheme: 'none', legalName: 'P' };
  const invited = await give(ledger, [alliance, founder], 'InvitePartner', partner);
  const { partnerId } = invited.events[0]?.data as unknown as { readonly partnerId: Id };
  const mandate = { personRef: person, powers: ['speak', 'propose'], validFrom: today, name: 'M' };
  await give(ledger, [alliance, founder], 'AdmitPartner', { partnerId, mandate });
  return { alliance, partnerId, person };
}

/** Declares an objective, a new one or a new version of one that stands. */
export async function declare(
  ledger: AllianceLedger<State>,
  { alliance, partnerId, person }: Worksite,
  objectiveId?: Id,
): Promise<Entry> {
  const args = { partnerId, goalIds: [], statement: STATEMENT, ...(objectiveId && { objectiveId }) };
  return await give(ledger, [alliance, person], 'DeclarePartnerObjective', args);
}

/** In which alliance, and which person gives the command. */
type Place = readonly [alliance: Id | undefined, person: Id];

async function give(
  ledger: AllianceLedger<State>,
  [alliance, person]: Place,
  name: CommandName,
  body: Json,
): Promise<Entry> {
  const input = readArguments(name, body, {});
  if ('faults' in input) throw new Error(JSON.stringify(input.faults));
  const args = await prepareCommand(name, input, preparationWith(entropy));
  const command = { id: entropy.id(), name, args };
  const answer = await ledger.execute(alliance, {
    commandId: command.id,
    fingerprint: { text: canonicalJson({ name, arguments: input as unknown as Json }) },
    decide: (state) => {
      const request = { command, actorOf: (now: State, at: string) => actorIn(now, person, at) };
      return perform(state, request, new Date().toISOString(), entropy);
    },
  });
  if (answer.kind === 'recorded') return answer.entry;
  throw new Error(JSON.stringify(answer.refusal));
}

function actorIn(state: State, person: Id, at: string) {
  if (state.head.seq < 0) return { kind: 'account', person } as const;
  return resolveActor(state.alliance, person, undefined, at);
}

function yearsOn(today: string): string {
  return `${String(Number(today.slice(0, 4)) + 1)}-01-01`;
}
