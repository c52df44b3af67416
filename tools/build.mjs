// Builds dist when the sources changed since the last build. Two starts at once build once: the second waits.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './runtime.mjs';

const SOURCES = [
  'apps',
  'libs',
  'docs/problems',
  'package.json',
  'package-lock.json',
  'nest-cli.json',
  'tsconfig.json',
];
const dist = join(root, 'dist');
const builtFrom = join(dist, '.sources');
const lock = join(dist, '.building');
const WAIT_MS = 100;
const LONGEST_WAIT_MS = 180_000;

/** Hash of the names, sizes and times of every file that the build reads. */
function fingerprint() {
  const hash = createHash('sha256');
  const visit = (path) => {
    const stat = statSync(join(root, path));
    if (stat.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) visit(join(path, name));
    else if (!path.endsWith('.spec.ts')) hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  };
  SOURCES.filter((path) => existsSync(join(root, path))).forEach(visit);
  return hash.digest('hex');
}

function isBuilt() {
  return existsSync(builtFrom) && readFileSync(builtFrom, 'utf8') === fingerprint();
}

/** Exits with the compiler's words when the sources do not compile. */
export function buildIfChanged() {
  if (isBuilt()) return;
  mkdirSync(dist, { recursive: true });
  takeLock();
  try {
    if (!isBuilt()) build();
  } finally {
    rmSync(lock, { force: true });
  }
}

function build() {
  if (process.stderr.isTTY) console.error('collegium: building, the sources changed …');
  const sources = fingerprint();
  const args = [join(root, 'tools', 'run.mjs'), '@nestjs/cli', 'build', 'standalone'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) {
    console.error(`${stdout}${stderr}`);
    rmSync(lock, { force: true });
    process.exit(1);
  }
  writeFileSync(builtFrom, sources);
}

function takeLock() {
  for (let waitedMs = 0; waitedMs < LONGEST_WAIT_MS; waitedMs += WAIT_MS) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!holderLives()) rmSync(lock, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
  }
  console.error(`collegium: another build has not ended; if none is running, delete ${lock}`);
  process.exit(1);
}

function holderLives() {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    // Between creating and writing its file a holder has no number yet.
    if (holder > 0) process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
