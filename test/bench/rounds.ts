import { evaluate } from '#deliberation';
import type { Snapshot } from '#deliberation';
import { PARTNER_KINDS } from '#contracts';
import { tick } from '#engine';
import { addHours } from '#kernel';
import { SeededEntropy } from '#rehearsal';
import { Crowd } from '../properties/crowd.js';
import { atLeast, atMost, median } from './figures.js';
import type { Bench, Figure } from './figures.js';

const ROUNDS = 7;
const PARTNERS = 10;
const SNAPSHOTS = 200_000;
const LEAST_PER_SECOND = 100_000;
const CROWD = 200;
const CLOSINGS = 40;
const MOST_CPU_MS = 5;

/** Counting: many small rounds after another, and one as large as a round can be. */
export const rounds: Bench = {
  name: 'rounds',
  run: async () => [evaluated(), await closed()],
};

/** Snapshots of ten partners under consent, all that they can say among them, each counted anew. */
function evaluated(): Figure {
  const snapshots = Array.from({ length: 100 }, (_, variant) => consentOf(variant));
  const speeds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    for (let n = 0; n < SNAPSHOTS; n++) {
      const snapshot = snapshots[n % snapshots.length];
      if (snapshot) evaluate(snapshot);
    }
    return (1_000 * SNAPSHOTS) / (performance.now() - start);
  });
  const what = `evaluate, ${String(PARTNERS)} partners under consent`;
  return atLeast(what, median(speeds), LEAST_PER_SECOND, 'snapshots/s');
}

function consentOf(variant: number): Snapshot {
  const electorate = Array.from({ length: PARTNERS }, (_, place) => ({
    partnerId: `p${String(place)}`,
    kind: PARTNER_KINDS[place % PARTNER_KINDS.length] ?? 'other',
    deliveredAt: '2026-03-02T08:00:00.000Z',
    unrepresented: false,
  }));
  const positions = electorate.slice(variant % 3).map(({ partnerId }, place) => ({
    ...({
      positionId: `x${String(place)}`,
      seq: place + 1,
      partnerId,
      standing: 'titular',
      channel: 'direct',
    } as const),
    value:
      (['agree', 'agree', 'agree-with-concern', 'object'] as const)[(variant + place) % (3 + (variant % 2))] ?? 'agree',
    recordedAt: '2026-03-03T09:00:00.000Z',
    ...({ contested: false, struck: false, ratification: 'none' } as const),
  }));
  return {
    policy: {
      ...{ method: 'consent', quorum: { num: 1, den: 2, strict: true }, silence: 'consent-if-notified' },
      ...{ noticeDays: 7, maxRounds: 3, collegeCondition: false },
    },
    ...{ attempt: 1, floor: { partners: 3, kinds: 2 }, options: [], closing: 'deadline', removals: [] },
    closesAt: '2026-03-16T17:00:00.000Z',
    electorate,
    positions,
    objections: [],
  };
}

/** The deadline of a round that 200 partners answered: from the state before it to the entry that closes it. */
async function closed(): Promise<Figure> {
  const crowd = await Crowd.of(CROWD);
  const roundId = await crowd.ask();
  for (const partnerId of crowd.partners) await crowd.take(roundId, crowd.mandateOf(partnerId), 'agree-with-concern');
  const { state } = crowd.world;
  const deadline = addHours(state.deliberation.rounds.get(roundId)?.closesAt ?? '', 1);
  const entropy = new SeededEntropy('closing');
  const times = Array.from({ length: CLOSINGS }, () => {
    const before = process.cpuUsage();
    const { entries } = tick(state, deadline, entropy);
    const { user, system } = process.cpuUsage(before);
    if (!entries.some(({ events }) => events.some(({ type }) => type === 'DecisionAdopted')))
      throw new Error('not closed');
    return (user + system) / 1_000;
  });
  return atMost(`a round of ${String(CROWD)} partners closes, entry included`, median(times), MOST_CPU_MS, 'ms CPU');
}
