import type { Id } from '#kernel';
import type { Entry } from '#ledger';
import type { Delivery, Ring } from '#stream';
import { expectAllInOrder, Received } from '#stream/testing';
import { kafkaAdmin, TestCluster, expectWholeTopics } from '#stream-kafka/testing';
import { ViewAsker } from '#views';
import type { Projection } from '#views';
import { Killed, Mortal, rowsIn, toyGifts, toyHistory, toyPartners, toyView } from '#views/testing';
import { startMongo } from '../../deploy/local/servers.mjs';
import type { MongoServer } from '../../deploy/local/servers.mjs';
import { Dice } from '../properties/world.js';
import { BOTH, swept, ToyPipeline } from './testing/toy-pipeline.js';

// Numbered as in part C of the infrastructure page; README.md of this folder says where the others are.

let server: MongoServer;
let cluster: TestCluster;
let pipeline: ToyPipeline;
const opened: Delivery[] = [];
beforeAll(async () => {
  server = await startMongo();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  [pipeline, cluster] = await Promise.all([ToyPipeline.on(server.uri), TestCluster.start()]);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((delivery) => delivery.close()));
  await Promise.all([pipeline.close(), cluster.stop()]);
});

const open = (more: Parameters<TestCluster['delivery']>[0] = {}) => {
  const delivery = cluster.delivery(more);
  opened.push(delivery);
  return delivery;
};
const formed = (count: number, length: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => pipeline.form(n + 1, length)));
/** Views that are rung from the topic alone, as if the sweep did not exist. */
const projecting = async (watch = {}, projections: readonly Projection[] = BOTH) => {
  const projector = pipeline.projector(projections, watch);
  const received = new Received();
  await open().subscribe(async (alliance, entries) => {
    projector.ring(alliance, entries);
    await received.ring(alliance, entries);
  });
  return { projector, received };
};

describe('11-13: a relay that is killed', () => {
  type Publish = Delivery['publish'];
  it.each<[string, (publish: Publish) => Publish, number]>([
    ['11: before it sends', () => () => Promise.reject(new Killed()), 0],
    [
      '12: after the acknowledgement, before the cursor is saved',
      (publish) => async (entries) => {
        await publish(entries);
        throw new Killed();
      },
      6,
    ],
    [
      "13: between two alliances' sends",
      (publish) => {
        let sends = 0;
        return async (entries) => {
          if ((sends += 1) > 1) throw new Killed();
          await publish(entries);
        };
      },
      0,
    ],
  ])(
    '%s: the next one sends all, and the views apply each entry once',
    async (_where, killed, doubles) => {
      const alliances = await formed(2, 2);
      const { projector, received } = await projecting();
      const delivery = open();
      await swept(pipeline.relay({ publish: killed((entries) => delivery.publish(entries)) }));
      await swept(pipeline.relay(delivery));
      await received.all(pipeline.toys, alliances);
      await projector.idle();
      expect((await expectWholeTopics(cluster, pipeline.toys, alliances)).ledger).toBe(doubles);
      await pipeline.expectFolded(alliances);
    },
    60_000,
  );
});

it('15: with no doorbell at all the sweep gives the same rows', async () => {
  const alliances = await formed(6, 30);
  await swept(pipeline.projector());
  await pipeline.expectFolded(alliances);
});

it('17: the topic replayed from offset 0 ten times leaves the views as they are, byte for byte', async () => {
  const alliances = await formed(8, 25);
  const { projector, received } = await projecting();
  await swept(pipeline.relay(open()));
  await received.all(pipeline.toys, alliances);
  await projector.idle();
  const shown = async () =>
    JSON.stringify(await Promise.all(alliances.map((one) => rowsIn(pipeline.views, one, BOTH))));
  const before = await shown();
  for (let time = 0; time < 10; time += 1) {
    const again = await projecting();
    await again.received.all(pipeline.toys, alliances);
    await again.projector.idle();
  }
  expect(await shown()).toBe(before);
  await pipeline.expectFolded(alliances);
});

it('18: records lost at random are read from the ledger, counted, and nothing is skipped', async () => {
  const alliances = await formed(5, 1);
  const dice = new Dice(18);
  let [gaps, lost] = [0, 0];
  const projector = pipeline.projector(BOTH, { gap: () => (gaps += 1) });
  await swept(projector);
  const received = new Received();
  const ring: Ring = async (alliance, entries = []) => {
    for (const entry of entries) {
      if (dice.chance(0.3)) lost += 1;
      else projector.ring(alliance, [entry]);
      await projector.idle();
    }
    await received.ring(alliance, entries);
  };
  await open().subscribe(ring);
  const relay = pipeline.relay(open());
  for (const one of toyHistory(18, 20)) {
    for (const alliance of alliances) await pipeline.append(alliance, one);
    await swept(relay);
  }
  await received.all(pipeline.toys, alliances);
  expect(lost).toBeGreaterThan(10);
  expect(gaps).toBeGreaterThan(5);
  await swept(projector);
  await pipeline.expectFolded(alliances);
});

it('19: partitions made 12 of 6 under load: none lost, no alliance out of order in the views', async () => {
  const six = await TestCluster.start({}, 6);
  const alliances = await formed(12, 3);
  const relay = pipeline.relay(six.delivery({ settings: six.settings() }));
  await swept(relay);
  const projector = pipeline.projector();
  await swept(projector);
  const more = async () => {
    for (const alliance of alliances) for (const one of toyHistory(19, 2)) await pipeline.append(alliance, one);
    await swept(relay);
  };
  await more();
  const grown = kafkaAdmin(six, (admin) =>
    admin.createPartitions({
      topicPartitions: [six.topics.ledger, six.topics.events].map((topic) => ({ topic, count: 12 })),
    }),
  );
  for (let time = 0; time < 10; time += 1) await more();
  await grown;
  // Who listens now is given all twelve, and what was sent to six may come behind what was sent to the others.
  const received = new Received();
  const arrived: Parameters<Ring>[] = [];
  const listener = six.delivery({ settings: six.settings() });
  opened.push(listener);
  await listener.subscribe(async (alliance, entries) => {
    arrived.push([alliance, entries]);
    await received.ring(alliance, entries);
  });
  await more();
  await received.all(pipeline.toys, alliances);
  // The worst of it: the newest first.
  for (const one of arrived.reverse()) projector.ring(...one);
  await projector.idle();
  await pipeline.expectFolded(alliances);
  await six.stop();
}, 120_000);

describe('22: a rebuild beside the live rows, under writes', () => {
  const second = {
    ...toyGifts,
    version: 2,
    evolve: (...[row, one, meta, key]: Parameters<typeof toyGifts.evolve>) => {
      const made = toyGifts.evolve(row, one, meta, key);
      return made === undefined ? undefined : { ...made, tags: [...made.tags, 'second'] };
    },
  } as unknown as Projection;
  const projections = [second, toyPartners as unknown as Projection];

  it('readers see the old rows or the new ones, never some of both; killed anywhere it is made again', async () => {
    for (let dieAt = 1; dieAt <= 25; dieAt += 3) {
      const alliance = await pipeline.form(2_200 + dieAt, 30);
      await swept(pipeline.projector());
      const readers = { isOver: false };
      const mixed: number[] = [];
      const reading = (async () => {
        while (!readers.isOver) {
          const rows = await pipeline.views.list(alliance, 'toy-gifts', { prefix: '' }, { limit: 1_000 });
          const made = rows.filter(({ tags }) => tags.includes('second')).length;
          if (made > 0 && made < rows.length) mixed.push(made);
        }
      })();
      const mortal = new Mortal(dieAt, dieAt % 2 === 0);
      const killed = pipeline.projector(projections, {}, mortal.wrap(pipeline.views));
      killed.ring(alliance);
      for (const one of toyHistory(22, 4)) await pipeline.append(alliance, one);
      await killed.idle();
      const next = pipeline.projector(projections);
      next.ring(alliance);
      for (const one of toyHistory(23, 4)) await pipeline.append(alliance, one);
      await next.idle();
      next.ring(alliance);
      await next.idle();
      readers.isOver = true;
      await reading;
      expect({ dieAt, mixed }).toEqual({ dieAt, mixed: [] });
      await pipeline.expectFolded([alliance], projections);
      expect((await pipeline.views.checkpoint(alliance, 'toy-gifts'))?.version).toBe(2);
    }
  }, 120_000);
});

describe('24: read your writes', () => {
  const names = BOTH.map(({ name }) => name);
  const PAIRS = 1_000;

  it(`${PAIRS} commands, each asked for at once, are never answered from before them`, async () => {
    const alliances = await formed(10, 1);
    const { projector } = await projecting();
    const relay = pipeline.relay(open());
    const asker = new ViewAsker({
      store: pipeline.views,
      source: pipeline.source,
      now: () => '2030-01-01T00:00:00.000Z',
    });
    const stale: unknown[] = [];
    const pairs = async (alliance: Id, n: number) => {
      for (const one of toyHistory(24 + n, PAIRS / 10)) {
        await pipeline.append(alliance, one);
        const { seq } = pipeline.toys.entriesOf(alliance).at(-1) as Entry;
        relay.ring(alliance);
        expect(await projector.waitFor(alliance, names, seq, 30_000)).toBe('ready');
        const answer = await asker.ask(alliance, toyView, {});
        if ('fault' in answer || answer.knownAt < seq) stale.push({ alliance, seq, answer });
      }
    };
    await Promise.all(alliances.map(pairs));
    expect(stale).toEqual([]);
    await relay.idle();
    await pipeline.expectFolded(alliances);
  }, 200_000);

  it('without a projector that works, the deadline is told', async () => {
    const [alliance] = (await formed(1, 3)) as [Id];
    const projector = pipeline.projector();
    await projector.stop();
    const waited = projector.waitFor(alliance, names, 2, 50);
    pipeline.timer.elapse();
    expect(await waited).toBe('behind');
  });
});

it('6: entries replaced in the store after they were projected: that alliance stops with FORK, others go on', async () => {
  const [replaced, other] = (await formed(2, 10)) as [Id, Id];
  const projector = pipeline.projector();
  await swept(projector);
  const before = await rowsIn(pipeline.views, replaced, BOTH);
  await pipeline.database.db.collection('entries').deleteMany({ alliance: replaced, seq: { $gte: 8 } });
  pipeline.toys.cut(replaced, 8);
  for (const one of toyHistory(6, 5)) await pipeline.append(replaced, one);
  for (const one of toyHistory(7, 5)) await pipeline.append(other, one);
  await swept(projector);
  const stopped = { alliance: replaced, cause: 'FORK' };
  expect(await pipeline.views.listParked(10)).toMatchObject(BOTH.map(({ name }) => ({ ...stopped, projection: name })));
  expect(await rowsIn(pipeline.views, replaced, BOTH)).toEqual(before);
  await pipeline.expectFolded([other]);
});

it('each alliance comes in the order of its ledger, byte for byte, from store to subscriber', async () => {
  const alliances = await formed(20, 40);
  const { projector, received } = await projecting();
  await swept(pipeline.relay(open()));
  await received.all(pipeline.toys, alliances);
  expectAllInOrder(received, pipeline.toys, alliances);
  await projector.idle();
  await pipeline.expectFolded(alliances);
});
