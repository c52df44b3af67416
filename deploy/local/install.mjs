// Installs the real servers of the tests from PyPI, Maven and crates, once for each exact set of versions.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tellGuard } from './guarded.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const REQUIREMENTS = here('./mongo/requirements.txt');
const POM = here('./kafka/pom.xml');
const RUST_CRATE = 'secantus-mdb';
const RUST_VERSION = '0.5.3-beta.196';

/** The server cannot be had on this machine; `reason` says why. With ALLOW_NO_SERVERS=1 a caller may go on without. */
export class ServerUnavailable extends Error {
  code = 'SERVER_UNAVAILABLE';

  constructor(server, reason) {
    super(`${server} cannot be installed or started here: ${reason}`);
    this.server = server;
    this.reason = reason;
  }
}

/** Where installed servers are kept: SERVERS_CACHE, or .cache/servers of the checkout. */
export function cacheFolder() {
  return process.env.SERVERS_CACHE || here('../../.cache/servers');
}

/** The Python that runs the default MongoDB-compatible server. */
export async function installMongo() {
  const python = process.env.PYTHON || 'python3';
  const abi = 'import platform, sys; print(sys.implementation.cache_tag, platform.machine())';
  const key = hash(readFileSync(REQUIREMENTS), await run('MongoDB', python, ['-c', abi]));
  const folder = await once(`mongo-${key}`, async (target) => {
    await run('MongoDB', python, ['-m', 'venv', target]);
    const pip = ['-m', 'pip', 'install', '-q', '--no-deps', '--disable-pip-version-check', '-r', REQUIREMENTS];
    await run('MongoDB', join(target, 'bin', 'python'), pip);
  });
  return join(folder, 'bin', 'python');
}

/** The compiled build, for throughput, soak and durability runs: minutes to build, at the lowest priority. */
export async function installMongoRust() {
  const folder = await once(`mongo-rust-${RUST_VERSION}-${process.platform}-${process.arch}`, async (target) => {
    const crate = [RUST_CRATE, '--version', RUST_VERSION, '--locked', '--ignore-rust-version', '--root', target];
    // What is built on the way stands in the same folder: an interrupted build leaves none of it anywhere.
    const building = join(target, 'building');
    const more = { env: { ...process.env, CARGO_TARGET_DIR: building }, priority: constants.priority.PRIORITY_LOW };
    await run('MongoDB (Rust build)', 'cargo', ['install', '-q', ...crate], more);
    await rm(building, { recursive: true, force: true });
  });
  return join(folder, 'bin', 'secantusd-rs');
}

/** The folder with the jars of the Kafka broker. */
export async function installKafka() {
  return once(`kafka-${hash(readFileSync(POM))}`, async (target) => {
    await run('Kafka', javaCommand(), ['-version']);
    const copy = ['dependency:copy-dependencies', `-DoutputDirectory=${target}`];
    await run('Kafka', 'mvn', ['-q', '-B', '-ntp', '-f', POM, ...copy]);
  });
}

export function javaCommand() {
  return process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
}

/**
 * Fills a folder beside the final one and renames it: an installation is there whole or not at all, however many
 * processes install at once. What is in it must work after the rename (so: the venv's Python, never its scripts).
 */
async function once(name, fill) {
  const final = join(cacheFolder(), name);
  if (existsSync(final)) return final;
  await mkdir(cacheFolder(), { recursive: true });
  const target = await mkdtemp(`${final}.partial-`);
  tellGuard(true, 'folder', target);
  try {
    await fill(target);
    await rename(target, final);
  } catch (error) {
    await rm(target, { recursive: true, force: true });
    if (!existsSync(final)) throw error;
  } finally {
    tellGuard(false, 'folder', target);
  }
  return final;
}

/** What a command prints. It leads a group of its own, so that whoever ends us ends all that it has started. */
async function run(server, command, args, { env = process.env, priority } = {}) {
  const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (part) => (out += part));
  child.stderr.on('data', (part) => (err += part));
  if (child.pid !== undefined) tellGuard(true, 'group', child.pid);
  if (child.pid !== undefined && priority !== undefined) setPriority(child.pid, priority);
  const fault = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : `ended with ${code ?? signal}`));
  });
  if (child.pid !== undefined) tellGuard(false, 'group', child.pid);
  if (fault === undefined) return out;
  const words = `${err}${out}`.trim().split('\n').slice(-5).join(' | ');
  throw new ServerUnavailable(server, `${command}: ${words || fault}`);
}

function hash(...parts) {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest('hex').slice(0, 16);
}
