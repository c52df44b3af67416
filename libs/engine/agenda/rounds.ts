import { knownPositions, notCountedIn, objectionFalls, orphanedUntil, proxyOfTag, removalsOf } from '#deliberation';
import type { ObjectionRow, ProxyRow, RoundRow } from '#deliberation';
import { lastDayOf } from '#kernel';
import type { Day, Id } from '#kernel';
import { dated, MAX_ROWS, timed } from './agenda-item.js';
import type { AgendaItem, Asking } from './agenda-item.js';

/** An open round as it would close now. */
interface Standing {
  readonly row: RoundRow;
  readonly opened: NonNullable<RoundRow['opened']>;
  /** The electorate, less those that left it. */
  readonly electors: ReadonlySet<Id>;
  /** Partners with a position that counts, and those positions. */
  readonly answered: ReadonlySet<Id>;
  readonly counted: ReadonlySet<string>;
  readonly by: Day;
}

/** What the rounds that are open ask of a partner, for itself and as holder of a proxy (part 1, 4.4 to 4.8). */
export async function ofRounds(asking: Asking): Promise<readonly AgendaItem[]> {
  const items: AgendaItem[] = [];
  const proxies = (await asking.rows.list({ tag: proxyOfTag(asking.partnerId) }, MAX_ROWS)).map(
    ({ doc }) => doc as ProxyRow,
  );
  for (const { doc } of await asking.rows.list({ tag: 'round-open' }, MAX_ROWS)) {
    const standing = await standingOf(asking, doc as RoundRow);
    // Who left the electorate answers no more, for nobody.
    if (!standing?.electors.has(asking.partnerId)) continue;
    items.push(...toAnswer(asking, standing, proxies), ...(await ofObjections(asking, standing)));
  }
  return items;
}

async function standingOf({ rows, leavers, asOf }: Asking, row: RoundRow): Promise<Standing | undefined> {
  const { opened, deadlines } = row;
  if (!opened) return undefined;
  const by = lastDayOf(deadlines.at(-1)?.closesAt ?? opened.closesAt, asOf.timeZone);
  if (by < asOf.trueOn) return undefined;
  const known = await knownPositions(rows, row, asOf.trueOn);
  const whys = notCountedIn(row, known, leavers, asOf.trueOn);
  const counted = known.filter(({ fact }) => !whys.has(fact.positionId)).map(({ fact }) => fact);
  const removals = removalsOf(row, leavers, asOf.trueOn);
  const electors = opened.electorate.map(({ partnerId }) => partnerId).filter((one) => !removals.has(one));
  return {
    ...{ row, opened, by, electors: new Set(electors) },
    answered: new Set(counted.map(({ partnerId }) => partnerId)),
    counted: new Set(counted.map(({ positionId }) => positionId)),
  };
}

/** Without a position that counts the round waits: for the partner, and for whoever gave it a proxy. */
function toAnswer(
  { partnerId, asOf }: Asking,
  { row, electors, answered, by }: Standing,
  proxies: readonly ProxyRow[],
): readonly AgendaItem[] {
  const covers = ({ given }: ProxyRow): boolean =>
    given?.roundId === undefined
      ? (given?.validFrom ?? '9999') <= asOf.trueOn && asOf.trueOn <= (given?.validTo ?? '')
      : given.roundId === row.roundId;
  const isAwaited = ({ given }: ProxyRow): boolean =>
    given !== undefined && electors.has(given.giverId) && !answered.has(given.giverId);
  const forOthers = proxies.some((proxy) => covers(proxy) && isAwaited(proxy));
  return [
    ...(answered.has(partnerId) ? [] : [dated('take-position', row.roundId, by)]),
    ...(forOthers ? [dated('take-position-by-proxy', row.roundId, by)] : []),
  ];
}

async function ofObjections({ rows, partnerId, asOf }: Asking, standing: Standing): Promise<readonly AgendaItem[]> {
  const found = await rows.list({ tag: `objection-in/${standing.row.roundId}` }, MAX_ROWS);
  return found.flatMap(({ doc }): readonly AgendaItem[] => {
    const row = doc as ObjectionRow;
    const { objectionId, raised } = row;
    const orphan = orphanedUntil(row);
    if (orphan !== undefined) return timed('adopt-objection', objectionId, orphan, asOf);
    if (!raised || !standing.counted.has(raised.positionId)) return [];
    if (raised.partnerId !== partnerId)
      return isContestable(row, standing, partnerId) ? [dated('contest-objection', objectionId, standing.by)] : [];
    const isOwed = !raised.reasonGiven && !row.steps.some(({ step }) => step === 'ObjectionReasonGiven');
    return isOwed && raised.reasonDueAt !== undefined
      ? timed('give-reason', objectionId, raised.reasonDueAt, asOf)
      : [];
  });
}

/** Own limits never are, nor anything under silent consent; who said its word has answered (part 1, 4.6). */
function isContestable({ raised, steps }: ObjectionRow, { opened }: Standing, partnerId: Id): boolean {
  if (raised?.kind === 'exceeds-our-limits' || objectionFalls(opened.policy.method) === 'without-reason') return false;
  return !steps.some((one) => one.step === 'ObjectionContested' && one.partnerId === partnerId);
}
