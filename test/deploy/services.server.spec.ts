import { DatabaseUnderTest } from '#ledger-mongo/testing';
import { CONFIGURATION } from '#platform';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { layOutImage, servicesOfImage } from '../../deploy/image.mjs';
import type { Image } from '../../deploy/image.mjs';
import { startKafka, startMongo } from '../../deploy/local/servers.mjs';
import type { KafkaServer, MongoServer } from '../../deploy/local/servers.mjs';
import { AppProcess } from '../testing/app-process.js';
import { freePorts } from '../testing/free-ports.js';
import type { Ports } from '../testing/free-ports.js';
import { valueIn } from '../testing/product.js';

// Each service of docker-compose.yml that runs our image, by its own command, environment and health check, out of the
// image that the Dockerfile's steps make. What differs from a container: addresses of servers, and ports, of one machine.
// Not run here: the commands of the images of MongoDB, Kafka and Caddy.

const STOP_WITHIN_MS = 5_000;
const services = servicesOfImage();
let image: Image;
let mongo: MongoServer;
let kafka: KafkaServer;
let database: DatabaseUnderTest;
let addresses: Readonly<Record<string, string>>;
beforeAll(async () => {
  image = layOutImage();
  // The topics have the names of the product: another suite must not have made them.
  [mongo, kafka] = await Promise.all([startMongo(), startKafka({ own: true })]);
  database = await DatabaseUnderTest.make(mongo.uri);
  addresses = {
    COLLEGIUM_MONGO_URI: mongo.uri,
    COLLEGIUM_MONGO_DATABASE: database.address.database,
    COLLEGIUM_KAFKA_BROKERS: kafka.brokers.join(','),
    COLLEGIUM_PUBLIC_URL: 'https://localhost',
  };
}, 280_000);
afterAll(async () => {
  await database.drop();
  await Promise.all([mongo.stop(), kafka.stop()]);
  image.remove();
});

const serviceOf = (name: string) => {
  const service = services[name];
  if (!service) throw new Error(`no service ${name}`);
  return service;
};
/** Every key that the file sets, with this machine's value. */
const environmentOf = (name: string) =>
  Object.fromEntries(Object.keys(serviceOf(name).environment).map((key) => [key, addresses[key] ?? '']));

async function run(command: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = image.start(command, env, 'pipe');
  let [out, err] = ['', ''];
  child.stdout?.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (err += part.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

async function start(name: string): Promise<AppProcess> {
  const ports = await freePorts();
  const listening = { COLLEGIUM_PORT: String(ports.port), COLLEGIUM_ADMIN_PORT: String(ports.adminPort) };
  const child = image.start(serviceOf(name).command, { ...environmentOf(name), ...listening }, 'pipe');
  return new AppProcess(name, child, ports);
}

/** The health check as it is written, on the port that this process was given instead. */
async function healthCode(name: string, { adminPort }: Ports): Promise<number | null> {
  const { healthcheck } = serviceOf(name);
  if (!('test' in healthcheck)) throw new Error(`${name} has no health check`);
  const [cmd, node, ...args] = healthcheck.test;
  expect([cmd, node]).toEqual(['CMD', 'node']);
  expect(args.join(' ')).toContain(`:${String(CONFIGURATION.ADMIN_PORT.base)}/`);
  const here = args.map((word) => word.replace(String(CONFIGURATION.ADMIN_PORT.base), String(adminPort)));
  return (await run(here)).code;
}

/** As Caddy passes a request on: to a replica's own address, with the name that the caller asked for. */
function ask(url: string, given: Readonly<Record<string, string>>, body?: string) {
  return new Promise<{ status: number; seq: string; text: string }>((resolve, reject) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { ...given, ...type, host: 'localhost' };
    const sent = request(url, { method: body === undefined ? 'GET' : 'POST', headers }, (answer) => {
      let text = '';
      answer.on('data', (part: Buffer) => (text += part.toString()));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, seq: String(answer.headers['x-seq']), text });
      });
    });
    sent.on('error', reject).end(body);
  });
}

test('the image has what its services run, and no program that takes its clock from another', () => {
  const files = Object.values(services).map(({ command: [file = ''] }) => file);
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) expect([file, existsSync(join(image.folder, 'app', file))]).toEqual([file, true]);
  expect(existsSync(join(image.folder, 'app/dist/apps/api/demo.js'))).toBe(false);
  expect(existsSync(join(image.folder, 'app/dist/docs/problems/NOT_FOUND.md'))).toBe(true);
  for (const left of ['test', 'libs', 'deploy', 'node_modules/jest', 'node_modules/typescript', '.git'])
    expect([left, existsSync(join(image.folder, 'app', left))]).toEqual([left, false]);
});

test('a process of the image cannot write to the image', async () => {
  const { code, err } = await run(['-e', "require('node:fs').writeFileSync('dist/apps/api/main.js', '')"]);
  expect([code, /EACCES|EROFS|EPERM/.test(err)]).toEqual([1, true]);
  if (!image.hasOwnUser) return;
  expect((await run(['-p', 'process.getuid()'])).out).toBe('1000\n');
});

test('topics are made once, and left as they are the second time', async () => {
  const { command } = serviceOf('topics');
  const first = await run(command, environmentOf('topics'));
  expect([first.code, first.err]).toEqual([0, '']);
  expect((await run(command, environmentOf('topics'))).code).toBe(0);
}, 60_000);

test('the services start at once, say that they are well, serve as one, and stop in time', async () => {
  const names = Object.keys(services).filter((name) => name !== 'topics');
  const all = names.flatMap((name) => Array<string>(serviceOf(name).deploy?.replicas ?? 1).fill(name));
  expect(all.sort()).toEqual(['api', 'api', 'projector', 'relay']);
  expect(await healthCode('api', await freePorts())).toBe(1);
  const processes = await Promise.all(all.map(start));
  await Promise.all(processes.map((one) => one.ready()));
  for (const one of processes) expect([one.name, await healthCode(one.name, one.ports)]).toEqual([one.name, 0]);

  const cli = (...words: readonly string[]) =>
    run(['dist/apps/standalone/main.js', ...words, '--mongo'], { ...environmentOf('api'), COLLEGIUM_LOCALE: 'en' });
  const person = valueIn((await cli('person', 'create', 'x')).out, 'person');
  const token = valueIn((await cli('token', 'create', person)).out, 'token');
  const [one, other] = processes.filter(({ name }) => name === 'api').map(({ url }) => url);
  const year = new Date().getFullYear();
  const facilitator = { name: 'F', validFrom: `${String(year)}-01-01`, validTo: `${String(year)}-12-31` };
  const body = JSON.stringify({ name: 'A', timeZone: 'Europe/Paris', locale: 'fr', facilitator });
  const bearer = { authorization: `Bearer ${token}` };
  const formed = await ask(`${String(one)}/v1/alliances`, { ...bearer, 'idempotency-key': 'k' }, body);
  expect(formed.status).toBe(201);
  const { alliance } = JSON.parse(formed.text) as { alliance: string };
  const members = `/v1/alliances/${alliance}/views/members`;
  const seen = await ask(`${String(other)}${members}`, { ...bearer, 'x-min-seq': formed.seq });
  expect([seen.status, seen.seq]).toEqual([200, formed.seq]);

  for (const stopped of await Promise.all(processes.map((each) => each.end('SIGTERM')))) {
    expect([stopped.code, stopped.ms < STOP_WITHIN_MS, stopped.err]).toEqual([
      0,
      true,
      expect.not.stringContaining('"level":"error"'),
    ]);
  }
}, 120_000);
