import { COMMAND_NAMES } from '#contracts';
import type { CommandName, DomainEvent } from '#contracts';
import { decide, EMPTY_STATE, foldEntry, recallArguments } from '#engine';
import type { State } from '#engine';
import { canonicalJson, isRefusal } from '#kernel';
import type { Json } from '#kernel';
import { readEntry } from '#ledger';
import type { Entry } from '#ledger';
import { SeededEntropy } from '#rehearsal';
import { Walk } from './walk.js';
import type { Sent } from './world.js';

/** As many walks as it takes until every command was accepted once, at most; in the deep run, all. */
const WALKS = 200;
const DEEP = process.env['DEEP'] === '1';

/** What an event says in public. */
function said({ type, subject, data, occurredOn }: DomainEvent, recorded: DomainEvent | undefined): string {
  return canonicalJson({ type, subject: subject ?? recorded?.subject, data, occurredOn } as unknown as Json);
}

/** Whether one of the readings of a recorded command, decided with the ids that it drew, gives what was recorded. */
function isGivenAgain(before: State, { entropySeed }: Sent, entry: Entry): boolean {
  const name = entry.command as CommandName;
  const { events } = readEntry(entry.body);
  return recallArguments(name, events).some((args) => {
    const ids = new SeededEntropy(`${entropySeed}-made`);
    const { at, actor, seq } = entry;
    const act = { at, actor, seq, head: before.head.hash, newId: () => ids.id(), newNonce: () => ids.key() };
    const decided = decide(before, name, args, act);
    if (isRefusal(decided) || decided.length === 0) return false;
    return decided.every((event, index) => {
      const recorded = events[index];
      return recorded !== undefined && said(event, recorded) === said(recorded, recorded);
    });
  });
}

/** The commands of a walk, and whether each could be decided again. */
async function decidedAgain(seed: number): Promise<{ name: CommandName; again: boolean; where: string }[]> {
  const world = await new Walk(seed).run(200);
  const accepted = world.sent.filter((sent) => sent.accepted);
  let state = EMPTY_STATE;
  return world.entries.flatMap((entry) => {
    const before = state;
    state = foldEntry(state, entry);
    const sent = entry.actor.kind === 'system' ? undefined : accepted.shift();
    if (!sent) return [];
    const where = `walk ${String(seed)} seq ${String(entry.seq)}: ${entry.command}`;
    return [{ name: sent.command.name, again: isGivenAgain(before, sent, entry), where }];
  });
}

it('every accepted command can be decided again from its own events, whatever the command', async () => {
  const commands: Awaited<ReturnType<typeof decidedAgain>> = [];
  const times = (name: CommandName) => commands.filter((one) => one.name === name && one.again).length;
  const isMissing = (name: CommandName) => times(name) === 0;
  for (let seed = 1; seed <= WALKS && (DEEP || COMMAND_NAMES.some(isMissing)); seed++)
    commands.push(...(await decidedAgain(seed)));
  process.stdout.write(`${COMMAND_NAMES.map((name) => `${name} ${String(times(name))}`).join(', ')}\n`);
  expect(commands.filter(({ again }) => !again).map(({ where }) => where)).toEqual([]);
  expect(COMMAND_NAMES.filter(isMissing)).toEqual([]);
}, 600_000);
