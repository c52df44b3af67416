// Proves the servers and their faults: node deploy/local/self-test.mjs [rust]. Every line is a rule and its time.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import kafkajs from 'kafkajs';
import mongoose from 'mongoose';
import { mongo as mongoProtocol, ask, helloRequest, kafkaAnswers } from './protocols.mjs';
import { ServerUnavailable, startKafka, startMongo } from './servers.mjs';

const { MongoClient } = mongoose.mongo;
const DURABLE = { writeConcern: { w: 'majority', j: true } };
let failed = 0;
let passed = 0;

const mongo = await timed('MongoDB is installed, starts and answers hello', () => startMongo({ proxied: true }));
const kafka = await timed('Kafka is installed, starts and its coordinator answers', () =>
  startKafka({ proxied: true }),
);
await mongoRules(mongo);
await kafkaRules(kafka);
await commonRules();
if (process.argv.includes('rust')) await rustRules();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function mongoRules(server) {
  const client = await new MongoClient(server.uri).connect();
  const rows = client.db('test').collection('rows', DURABLE);
  await timed('MongoDB: hello by the bare wire', async () =>
    assert.ok(await ask(server.port, mongoProtocol, [helloRequest()])),
  );
  await timed('MongoDB: 200 acknowledged inserts outlive kill -9 and a restart at the same address', async () => {
    for (let _id = 0; _id < 200; _id += 1) await rows.insertOne({ _id });
    const before = server.pid;
    await server.kill();
    assert.equal(server.pid, undefined);
    await server.restart();
    assert.notEqual(server.pid, before);
    assert.equal(await rows.countDocuments(), 200);
  });
  await timed('MongoDB: an insert whose answer is lost was stored; its retry meets its own write', async () => {
    const proxied = await new MongoClient(server.proxiedUri, { retryWrites: false }).connect();
    const dropped = server.proxy.dropAnswer('insert');
    await assert.rejects(proxied.db('test').collection('rows', DURABLE).insertOne({ _id: 'lost' }));
    await dropped;
    assert.equal(await rows.countDocuments({ _id: 'lost' }), 1);
    const unsent = server.proxy.dropRequest('insert');
    await assert.rejects(proxied.db('test').collection('rows', DURABLE).insertOne({ _id: 'unsent' }));
    await unsent;
    assert.equal(await rows.countDocuments({ _id: 'unsent' }), 0);
    await proxied.close();
  });
  await timed('Proxy: stalled, a find runs into its time limit; resumed, it passes again', async () => {
    const proxied = await new MongoClient(server.proxiedUri, { retryReads: false, socketTimeoutMS: 300 }).connect();
    const find = () => proxied.db('test').collection('rows').findOne({ _id: 1 });
    await find();
    server.proxy.stall();
    await assert.rejects(find());
    server.proxy.resume();
    assert.deepEqual(await find(), { _id: 1 });
    server.proxy.refuse();
    await assert.rejects(find());
    server.proxy.accept();
    await proxied.close();
  });
  await client.close();
  await timed('MongoDB: stopped, its process and its data are gone', () => stopsWhole(server));
}

async function kafkaRules(server) {
  const connection = (brokers) =>
    new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING, retry: { retries: 0 } });
  const admin = connection(server.brokers).admin();
  const offset = () => patiently(async () => (await admin.fetchTopicOffsets('rows'))[0].high);
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: 'rows', numPartitions: 1 }] });
  await timed('Kafka: 10 acknowledged records outlive kill -9 and a restart at the same address', async () => {
    await sendThrough(connection(server.brokers), 10);
    await server.kill();
    await server.restart();
    assert.equal(await offset(), '10');
  });
  await timed('Kafka: the record of a produce request whose answer is lost was stored', async () => {
    const dropped = server.proxy.dropAnswer('Produce');
    await assert.rejects(sendThrough(connection(server.proxiedBrokers), 1));
    await dropped;
    assert.equal(await offset(), '11');
    await sendThrough(connection(server.proxiedBrokers), 1);
    assert.equal(await offset(), '12');
  });
  await timed('Kafka: another cluster at that port is not taken for ours', async () =>
    assert.equal(await kafkaAnswers(server.port, 'AAAAAAAAAAAAAAAAAAAAAA'), false),
  );
  await admin.disconnect();
  await timed('Kafka: stopped, its process and its data are gone', () => stopsWhole(server));
}

/** A restarted broker answers before it leads its partitions again; kafkajs does not retry this call by itself. */
async function patiently(action, tries = 100) {
  try {
    return await action();
  } catch (error) {
    if (tries === 0) throw error;
    await wait(50);
    return patiently(action, tries - 1);
  }
}

async function sendThrough(client, count) {
  const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    await producer.send({ topic: 'rows', messages: Array.from({ length: count }, (_, i) => ({ value: `${i}` })) });
  } finally {
    await producer.disconnect();
  }
}

async function commonRules() {
  await timed('A kept folder has its data after a clean stop, on another port', async () => {
    const storagePath = await mkdtemp(join(tmpdir(), 'collegium-kept-'));
    const [first, kafkaFirst] = await Promise.all([
      startMongo({ storagePath: join(storagePath, 'mongo') }),
      startKafka({ storagePath: join(storagePath, 'kafka') }),
    ]);
    await withRows(first.uri, (rows) => rows.insertOne({ _id: 1 }));
    await Promise.all([first.stop(), kafkaFirst.stop()]);
    const [second, kafkaSecond] = await Promise.all([
      startMongo({ storagePath: join(storagePath, 'mongo') }),
      startKafka({ storagePath: join(storagePath, 'kafka') }),
    ]);
    assert.equal(await withRows(second.uri, (rows) => rows.countDocuments()), 1);
    await Promise.all([second.stop(), kafkaSecond.stop()]);
    await rm(storagePath, { recursive: true });
  });
  await timed('When the process that started them is killed with -9, both servers and their folders go', parentKilled);
  await timed('What the environment names is used, and cannot be killed', async () => {
    process.env.TEST_KAFKA_BROKERS = 'a:1,b:2';
    const lent = await startKafka();
    delete process.env.TEST_KAFKA_BROKERS;
    assert.deepEqual([lent.brokers, lent.owned], [['a:1', 'b:2'], false]);
    await assert.rejects(lent.kill());
  });
  await timed('A server that cannot be had is refused with its reason, and leaves nothing behind', async () => {
    process.env.PYTHON = 'no-such-python';
    await assert.rejects(
      startMongo({ own: true }),
      (error) => error instanceof ServerUnavailable && /no-such/.test(error.reason),
    );
    delete process.env.PYTHON;
    await assert.rejects(startMongo({ args: ['--no-such-flag'] }), {
      code: 'SERVER_UNAVAILABLE',
      message: /no-such-flag/,
    });
  });
}

async function withRows(uri, action) {
  const client = await new MongoClient(uri).connect();
  try {
    return await action(client.db('test').collection('rows', DURABLE));
  } finally {
    await client.close();
  }
}

async function parentKilled() {
  const servers = fileURLToPath(new URL('./servers.mjs', import.meta.url));
  const script = `const { startMongo, startKafka } = await import(${JSON.stringify(servers)});
    for (const s of await Promise.all([startMongo({ own: true }), startKafka({ own: true })])) console.log(s.pid + ' ' + s.logFile);
    setInterval(() => 0, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: parent.stdout })[Symbol.asyncIterator]();
  const started = [(await lines.next()).value, (await lines.next()).value].map((line) => line.split(' '));
  assert.ok(started.every(([pid, log]) => runs(Number(pid)) && existsSync(log)));
  parent.kill('SIGKILL');
  await until(() => started.every(([pid, log]) => !runs(Number(pid)) && !existsSync(dirname(log))));
}

async function rustRules() {
  const lossOf = async (syncOnCommit) => {
    const server = await startMongo({ build: 'rust', syncOnCommit });
    let lost = 0;
    for (let run = 0; run < 10; run += 1) lost += await lostByKill(server, run);
    await server.stop();
    return lost;
  };
  await timed('Rust build with sync on commit: 0 acknowledged inserts lost in 10 kills', async () =>
    assert.equal(await lossOf(true), 0),
  );
  await timed('Rust build without it (negative control): acknowledged inserts are lost', async () =>
    assert.ok((await lossOf(false)) > 0),
  );
}

async function lostByKill(server, run) {
  let acknowledged = 0;
  await withRows(server.uri, async (rows) => {
    const killed = wait(200 + 40 * run).then(() => server.kill());
    for (;;) {
      const inserted = await rows.insertOne({ run, n: acknowledged }).catch(() => undefined);
      if (inserted === undefined) break;
      acknowledged += 1;
    }
    await killed;
  });
  await server.restart();
  return withRows(
    server.uri,
    async (rows) => acknowledged - (await rows.countDocuments({ run, n: { $lt: acknowledged } })),
  );
}

async function stopsWhole(server) {
  const { pid, logFile } = server;
  await server.stop();
  assert.equal(runs(pid), false);
  assert.equal(existsSync(dirname(logFile)), false);
}

function runs(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(holds) {
  for (let tries = 0; !holds(); tries += 1) {
    assert.ok(tries < 200, 'not within 10 s');
    await wait(50);
  }
}

async function timed(rule, action) {
  const from = performance.now();
  const took = () => `${((performance.now() - from) / 1000).toFixed(2).padStart(6)} s`;
  try {
    const result = await action();
    passed += 1;
    console.log(`ok     ${took()}  ${rule}`);
    return result;
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${took()}  ${rule}\n${error.stack}`);
    return undefined;
  }
}
