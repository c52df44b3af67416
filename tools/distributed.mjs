// npm run distributed: the distributed mode on real servers of this machine (deploy/local), the Silver Geek story played
// through two replicas, compared with the embedded mode. What was started is ended by id. TEST_MONGO_URI and
// TEST_KAFKA_BROKERS name servers to use instead; the database is made for this run and is not removed from those.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startKafka, startMongo } from '../deploy/local/servers.mjs';
import { buildIfChanged } from './build.mjs';
import { root } from './runtime.mjs';

buildIfChanged();
const started = await Promise.allSettled([startMongo(), startKafka()]);
try {
  const [mongo, kafka] = started.map(({ value, reason }) => {
    if (value === undefined) throw reason;
    return value;
  });
  process.exitCode = await play(mongo.uri, kafka.brokers.join(','));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await Promise.all(started.map(({ value }) => value?.stop()));
}

function play(uri, brokers) {
  const env = {
    ...process.env,
    COLLEGIUM_MONGO_URI: uri,
    COLLEGIUM_MONGO_DATABASE: `demo-${randomBytes(6).toString('hex')}`,
    COLLEGIUM_KAFKA_BROKERS: brokers,
    // kafkajs sets a timer that is always overdue; newer Node says so once in every process.
    NODE_OPTIONS: [process.env.NODE_OPTIONS, '--disable-warning=TimeoutNegativeWarning'].join(' ').trim(),
  };
  const main = join(root, 'dist', 'apps', 'standalone', 'demo', 'distributed.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'tools', 'run.mjs'), main], { stdio: 'inherit', env });
    for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
