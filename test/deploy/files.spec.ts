import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../testing/product.js';

const FILES = ['docker-compose.yml', 'Dockerfile', '.dockerignore', 'deploy/Caddyfile'];

function faultsIn(change: (text: string) => string = (text) => text, file = ''): readonly string[] {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'deploy'));
  for (const each of FILES) cpSync(each, join(folder, each));
  if (file !== '') writeFileSync(join(folder, file), change(readFileSync(file, 'utf8')));
  const { stderr } = spawnSync(process.execPath, ['deploy/check.mjs', folder], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return stderr.split('\n').filter((line) => line !== '');
}

it('the files that run Collegium in containers hold what can be told without Docker and Caddy', () => {
  expect(faultsIn()).toEqual([]);
});

it.each<[string, string, (text: string) => string, string]>([
  [
    'a key that Compose does not know',
    'docker-compose.yml',
    (t) => t.replace('read_only: true', 'readonly: true'),
    'compose: ',
  ],
  [
    'a service that may write to its image',
    'docker-compose.yml',
    (t) => t.replace('read_only: true', 'read_only: false'),
    'may write',
  ],
  [
    'a service that waits for none there is',
    'docker-compose.yml',
    (t) => t.replace('      kafka: {', '      kafkaa: {'),
    'waits for',
  ],
  ['an image without a version', 'docker-compose.yml', (t) => t.replace('mongo:8.0', 'mongo'), 'no version'],
  [
    'a command whose app there is not',
    'docker-compose.yml',
    (t) => t.replace('dist/apps/relay/main.js', 'dist/apps/relais/main.js'),
    'relay runs dist/apps/relais/main.js',
  ],
  [
    'a Kafka that is not the one of the tests',
    'docker-compose.yml',
    (t) => t.replace(/kafka:4\S+/, 'kafka:4.1.0'),
    'the tests run Kafka',
  ],
  ['an image that runs as root', 'Dockerfile', (t) => t.replace('USER 1000:1000\n', ''), 'runs as root'],
  ['data that goes into the image', '.dockerignore', (t) => t.replace('\ndata\n', '\n'), 'data goes into'],
  ['a block that does not end', 'deploy/Caddyfile', (t) => t.slice(0, -2), 'does not end'],
])('%s is found', (_what, file, change, fault) => {
  expect(faultsIn(change, file).join('\n')).toContain(fault);
});
