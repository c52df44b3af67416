// One server process of this machine: started, killed, started again on the same data and port, ended. Always by id.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { tellGuard } from './guarded.mjs';
import { ServerUnavailable } from './install.mjs';

const ANSWER_WITHIN_MS = 90_000;
const CLEAN_STOP_WITHIN_MS = 15_000;
const ASK_EVERY_MS = 50;
const START_TRIES = 3;
// Below every system's range for outgoing connections: a client that keeps trying a dead server's port in that range
// is one day given the same port for its own end, connects to itself, and keeps the server from coming back.
const PORTS = { first: 20_000, count: 10_000 };

export class LocalServer {
  #spec;
  #child;
  #exited = Promise.resolve();
  #logFrom = 0;

  /** `spec`: name, folder, temporary, command, args, and answers(log), which asks by the wire protocol. */
  constructor(spec) {
    this.#spec = spec;
  }

  get pid() {
    return this.#child?.pid;
  }

  get logFile() {
    return join(this.#spec.folder, 'server.log');
  }

  /** Starts the process and waits until it answers; refused with the end of its log if it dies before. */
  async start() {
    if (this.#child !== undefined) throw new Error(`${this.#spec.name} runs already`);
    const log = openSync(this.logFile, 'a');
    this.#logFrom = statSync(this.logFile).size;
    const { command, args, folder, env } = this.#spec;
    const child = spawn(command, args, {
      cwd: folder,
      // A group of its own: Ctrl-C in a terminal goes to us alone, and we end it.
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...env },
    });
    closeSync(log);
    child.unref();
    this.#child = child;
    this.#exited = new Promise((resolve) => {
      child.once('exit', resolve).once('error', resolve);
    }).then(() => {
      if (child.pid !== undefined) tellGuard(false, 'pid', child.pid);
      if (this.#child === child) this.#child = undefined;
    });
    if (child.pid !== undefined) tellGuard(true, 'pid', child.pid);
    await this.#answering(child);
  }

  /** kill -9; resolves when the process is gone. Nothing of its data is lost but what it had not written. */
  async kill() {
    await this.#end('SIGKILL');
  }

  /** kill -9 if it runs, then a start on the same data and the same ports. */
  async restart() {
    await this.kill();
    await this.start();
  }

  /** Ends the server for good. Data of a kept folder is closed cleanly, a throwaway folder goes with its server. */
  async stop() {
    const { folder, temporary } = this.#spec;
    await this.#end(temporary ? 'SIGKILL' : 'SIGTERM');
    if (temporary) await removeFolder(folder);
  }

  async #end(signal) {
    const child = this.#child;
    if (child === undefined) return;
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), CLEAN_STOP_WITHIN_MS);
    await this.#exited;
    clearTimeout(late);
  }

  async #answering(child) {
    const deadline = Date.now() + ANSWER_WITHIN_MS;
    while (Date.now() < deadline) {
      if (this.#child !== child) throw new ServerUnavailable(this.#spec.name, `it ended at its start: ${this.#log()}`);
      if (await this.#spec.answers(this.#log())) return;
      await wait(ASK_EVERY_MS);
    }
    throw new ServerUnavailable(this.#spec.name, `no answer within ${ANSWER_WITHIN_MS} ms: ${this.#log()}`);
  }

  /** The log of this start, at most its last 4,000 characters. */
  #log() {
    return readFileSync(this.logFile).subarray(this.#logFrom).toString('utf8').slice(-4000).trim();
  }
}

/** Starts what `make(ports)` gives; when a free port was taken by another in between, again with other ports. */
export async function startOnFreePorts(make, count, given) {
  for (let tries = 1; ; tries += 1) {
    const server = await make(given ?? (await freePorts(count)));
    try {
      await server.local.start();
      return server;
    } catch (error) {
      const ended = server.local.pid === undefined;
      if (!ended || given !== undefined || tries === START_TRIES) {
        await server.local.stop();
        throw error;
      }
    }
  }
}

export async function freePorts(count) {
  const ports = [];
  while (ports.length < count) {
    const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
    if (!ports.includes(port) && (await isFree(port))) ports.push(port);
  }
  return ports;
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(true)));
  });
}

/** The caller's folder, kept; or one that goes with the server, at the latest with this process. */
export async function dataFolder(name, given) {
  if (given !== undefined) {
    await mkdir(given, { recursive: true });
    return { folder: given, temporary: false };
  }
  const folder = await mkdtemp(join(tmpdir(), `collegium-${name}-`));
  tellGuard(true, 'folder', folder);
  return { folder, temporary: true };
}

async function removeFolder(folder) {
  await rm(folder, { recursive: true, force: true });
  tellGuard(false, 'folder', folder);
}
