import type { Member, Position, Snapshot, Why } from './form.js';
import { needed } from './form.js';
import { at } from './instants.js';

/** "Partners active at opening …; only shrinks": those of `electorate[]` that no removal names (4.1, 4.3). */
export function electorateAtClosing(snapshot: Snapshot): readonly Member[] {
  return snapshot.electorate.filter((member) => !snapshot.removals.some((gone) => gone.partnerId === member.partnerId));
}

/** "Moment: `statedAt` on behalf, else `recordedAt`" (4.4, step 5). */
function moment(position: Position): bigint {
  return at(position.channel === 'on-behalf' ? needed(position.statedAt, 'statedAt') : position.recordedAt);
}

/** 4.4, step 1: "out go positions of partners no longer in E, with recordedAt > closesAt, contested, struck". */
function step1(position: Position, snapshot: Snapshot): Why | undefined {
  const inElectorate = electorateAtClosing(snapshot).some((member) => member.partnerId === position.partnerId);
  if (!inElectorate) return 'removed';
  if (at(position.recordedAt) > at(snapshot.closesAt)) return 'late';
  if (position.contested) return 'contested';
  if (position.struck) return 'struck';
  return undefined;
}

/** 4.4, step 2: "if one of the partner's own positions (direct or on behalf) is left, its proxy positions go". */
function step2(position: Position, left: readonly Position[]): Why | undefined {
  const ownIsLeft = left.some((other) => other.channel === 'direct' || other.channel === 'on-behalf');
  return ownIsLeft && position.channel === 'proxy' ? 'own-beats-proxy' : undefined;
}

/** 4.4, step 3: "an on-behalf position goes if a direct one has recordedAt ≥ statedAt of the former". */
function step3(position: Position, left: readonly Position[]): Why | undefined {
  if (position.channel !== 'on-behalf') return undefined;
  const stated = at(needed(position.statedAt, 'statedAt'));
  const beaten = left.some((other) => other.channel === 'direct' && at(other.recordedAt) >= stated);
  return beaten ? 'direct-beats-on-behalf' : undefined;
}

/** 4.4, step 4: "if a titular one is left, substitute ones go". */
function step4(position: Position, left: readonly Position[]): Why | undefined {
  const titularIsLeft = left.some((other) => other.standing === 'titular');
  return titularIsLeft && position.standing === 'substitute' ? 'titular-beats-substitute' : undefined;
}

/** 4.4, step 5: "the latest stays, the others go …; equal moments: higher seq". */
function step5(position: Position, left: readonly Position[]): Why | undefined {
  const isLater = left.some((other) => {
    if (moment(other) !== moment(position)) return moment(other) > moment(position);
    return other.seq > position.seq;
  });
  return isLater ? 'later' : undefined;
}

export interface Counting {
  /** At most one of each partner of E, in the order of `positions[]`. */
  readonly counted: readonly Position[];
  readonly why: ReadonlyMap<string, Why>;
}

/** "Counted position of each partner of E, by elimination in this order" (4.4). */
export function counting(snapshot: Snapshot): Counting {
  const why = new Map<string, Why>();
  let left = snapshot.positions;
  const eliminate = (step: (position: Position, ofPartner: readonly Position[]) => Why | undefined) => {
    const reasons = left.map((position) => ({
      position,
      reason: step(
        position,
        left.filter((other) => other.partnerId === position.partnerId),
      ),
    }));
    for (const { position, reason } of reasons) if (reason) why.set(position.positionId, reason);
    left = reasons.filter(({ reason }) => reason === undefined).map(({ position }) => position);
  };
  eliminate((position) => step1(position, snapshot));
  eliminate(step2);
  eliminate(step3);
  eliminate(step4);
  eliminate(step5);
  return { counted: left, why };
}
