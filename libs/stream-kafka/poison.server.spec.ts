import type { Id } from '#kernel';
import { event } from '#contracts';
import { hashedId } from '#kernel';
import { expectAllInOrder, formAlliances, Received } from '#stream/testing';
import { ToyLedger } from '#views/testing';
import type { Message, Producer } from 'kafkajs';
import { kafkaOf } from './client.js';
import { TestCluster, uniqueWord } from './testing/cluster.js';
import type { ParkedRecord } from './watch.js';

describe('records that are no entries', () => {
  let cluster: TestCluster;
  let stranger: Producer;
  beforeAll(async () => {
    cluster = await TestCluster.start();
    stranger = kafkaOf(cluster.settings()).producer();
    await stranger.connect();
  });
  afterAll(async () => {
    await stranger.disconnect();
    await cluster.stop();
  });

  const ledger = new ToyLedger();
  const [alliance = ledger.form(1)] = formAlliances(ledger, 1, 6);
  const entry = ledger.append(alliance, event('PartnerAdmitted', { partnerId: hashedId('poison', 'a') }));
  const poison: Message[] = [
    { key: alliance, value: 'no JSON at all' },
    { key: alliance, value: '{"hello":"world"}' },
    { key: alliance, value: entry.body.replace('PartnerAdmitted', 'PartnerAdored') },
    { key: alliance, value: `{"text":"${'x'.repeat(900_000)}"}` },
    { key: alliance, value: null },
    { key: 'nobody', value: entry.body },
    { value: Buffer.from([0xff, 0x00, 0xfe]) },
  ];
  const causes = ['NOT_JSON', 'WRONG_SCHEMA', 'UNKNOWN_TYPE', 'TOO_LARGE', 'NO_VALUE', 'WRONG_SCHEMA', 'NOT_JSON'];

  it('are parked with their cause, once, and the group goes on behind them', async () => {
    const group = uniqueWord();
    const parked: ParkedRecord[] = [];
    const rungWithout: Id[] = [];
    const received = new Received();
    const open = () => cluster.delivery({ group, watch: { parked: (record) => parked.push(record) } });
    const subscribed = async () => {
      const delivery = open();
      await delivery.subscribe(async (of, entries) => {
        if (!entries) rungWithout.push(of);
        await received.ring(of, entries);
      });
      return delivery;
    };
    const first = await subscribed();
    await first.publish(ledger.entriesOf(alliance).slice(0, 3));
    for (const message of poison) await stranger.send({ topic: cluster.topics.ledger, messages: [message] });
    await first.publish(ledger.entriesOf(alliance).slice(3));
    await received.all(ledger, [alliance]);
    expectAllInOrder(received, ledger, [alliance]);
    // Those without the alliance's key lie in other partitions.
    while (parked.length < poison.length) await new Promise((resolve) => setImmediate(resolve));
    expect(parked.map(({ cause }) => cause).sort()).toEqual([...causes].sort());
    expect(parked.filter((record) => record.alliance === alliance)).toHaveLength(5);
    expect(rungWithout).toEqual(Array.from({ length: 5 }, () => alliance));
    await first.close();

    // The offsets were committed behind them: the next one of the group is not shown them again.
    const second = await subscribed();
    ledger.append(alliance, event('PartnerAdmitted', { partnerId: hashedId('poison', 'b') }));
    await second.publish(ledger.entriesOf(alliance).slice(-1));
    await received.all(ledger, [alliance]);
    await second.close();
    expect(parked).toHaveLength(poison.length);
  });
});
