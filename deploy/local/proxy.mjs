// A TCP proxy on loopback that passes bytes to a server of this machine, and fails as networks do when told to.
import { connect, createServer } from 'node:net';
import { freePorts } from './local-server.mjs';
import { frameReader, protocols, setProduceError } from './protocols.mjs';

/** Options and methods: see proxy.d.mts. */
export async function startProxy({ port, protocol, listenOn }) {
  const proxy = new LoopbackProxy(port, protocols[protocol]);
  await proxy.listen(listenOn ?? (await freePorts(1))[0]);
  return proxy;
}

class LoopbackProxy {
  #target;
  #protocol;
  #server = createServer((client) => this.#connected(client));
  #links = new Set();
  #faults = [];
  #refusing = false;
  #stalled = false;

  constructor(target, protocol) {
    this.#target = target;
    this.#protocol = protocol;
  }

  async listen(port) {
    await new Promise((resolve, reject) => {
      // A test that forgets close() still comes to its end.
      this.#server.unref().once('error', reject).listen({ port, host: '127.0.0.1' }, resolve);
    });
    this.port = port;
    this.address = `127.0.0.1:${port}`;
  }

  /** The server gets the next request (of that name) and answers; the client never sees the answer. */
  dropAnswer(name, { then = 'cut' } = {}) {
    return this.#expect({ name, then, lost: 'answer' });
  }

  /** The next request (of that name) never reaches the server. */
  dropRequest(name, { then = 'cut' } = {}) {
    return this.#expect({ name, then, lost: 'request' });
  }

  /** The server does what the next produce request asks; the client is told this error of the broker instead. */
  failProduce(code) {
    return this.#expect({ name: 'Produce', lost: 'answer', then: 'told', code });
  }

  /** Connections stay open and nothing passes, either way, until resume(). */
  stall() {
    this.#stalled = true;
    for (const { client, server } of this.#links) for (const socket of [client, server]) socket.pause();
  }

  resume() {
    this.#stalled = false;
    for (const { client, server } of this.#links) for (const socket of [client, server]) socket.resume();
  }

  /** Ends every open connection at once; new ones are taken. */
  cut() {
    for (const link of this.#links) this.#end(link);
  }

  /** Cuts, and ends every new connection at once, until accept(). */
  refuse() {
    this.#refusing = true;
    this.cut();
  }

  accept() {
    this.#refusing = false;
  }

  async close() {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.refuse();
    await closed;
  }

  #expect(fault) {
    if (this.#protocol === undefined) throw new Error('without a protocol a proxy cannot tell requests apart');
    return new Promise((resolve) => this.#faults.push({ ...fault, done: resolve }));
  }

  #connected(client) {
    if (this.#refusing) {
      client.resetAndDestroy();
      return;
    }
    const link = { client, server: connect({ port: this.#target, host: '127.0.0.1' }), lostAnswers: new Map() };
    this.#links.add(link);
    this.#pass(client, link.server, (request) => this.#takesRequest(link, request));
    this.#pass(link.server, client, (answer) => this.#takesAnswer(link, answer));
    for (const socket of [client, link.server]) socket.on('close', () => this.#links.delete(link));
  }

  #pass(from, to, takes) {
    const framesOf = this.#protocol === undefined ? (bytes) => [bytes] : frameReader(this.#protocol);
    from.setNoDelay(true);
    from.on('error', () => undefined).on('close', () => to.destroySoon());
    from.on('data', (chunk) => {
      for (const frame of framesOf(chunk)) if (takes(frame) && !to.write(frame)) this.#waitFor(to, from);
    });
    if (this.#stalled) from.pause();
  }

  #waitFor(full, from) {
    from.pause();
    full.once('drain', () => this.#stalled || from.resume());
  }

  #takesRequest(link, request) {
    if (this.#faults.length === 0) return true;
    const name = this.#protocol.requestName(request);
    const fault = this.#faults.find((one) => one.name === undefined || one.name === name);
    if (fault === undefined) return true;
    this.#faults.splice(this.#faults.indexOf(fault), 1);
    if (fault.lost === 'request') return this.#lose(link, fault);
    link.lostAnswers.set(this.#protocol.requestId(request), fault);
    return true;
  }

  #takesAnswer(link, answer) {
    if (link.lostAnswers.size === 0) return true;
    const id = this.#protocol.answerTo(answer);
    const fault = link.lostAnswers.get(id);
    if (fault === undefined) return true;
    link.lostAnswers.delete(id);
    if (fault.then === 'told') {
      setProduceError(answer, fault.code);
      fault.done();
      return true;
    }
    return this.#lose(link, fault);
  }

  #lose(link, fault) {
    if (fault.then === 'cut') this.#end(link);
    fault.done();
    return false;
  }

  #end({ client, server }) {
    client.resetAndDestroy();
    server.destroy();
  }
}
