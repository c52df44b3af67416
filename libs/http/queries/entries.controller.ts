import { LedgerStore, readEntry } from '#ledger';
import type { StoredOpening } from '#ledger';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allows } from '../access.js';
import { IMMUTABLE, sendJson, sendTagged } from '../answer.js';
import { readingOf } from '../caller.js';
import type { CallerRequest } from '../caller.js';
import { ALLIANCE, routeOf } from '../commands/routes.js';
import { Problem } from '../problem.js';
import { readCount, readParameters, readSeq } from '../query-parameters.js';
import type { Reading } from '../reading-rights.js';
import { PAGE } from './object-controllers.js';

/** The ledger itself: bodies as hashed, and the texts that they commit to. */
@Controller()
export class EntriesController {
  constructor(private readonly store: LedgerStore) {}

  @Get(routeOf(`${ALLIANCE}/entries`))
  @Allows('member')
  async list(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    const { after, limit } = readParameters(request, ['after', 'limit']);
    const { alliance, state, untilSeq } = readingOf(request);
    const last = untilSeq ?? state.head.seq;
    const afterSeq = after === undefined ? -1 : readSeq(after);
    if (afterSeq === undefined) throw Problem.parameter('after');
    const count = Math.min(readCount('limit', limit, PAGE), last - afterSeq);
    const entries = count > 0 ? await this.store.read(alliance, afterSeq + 1, count) : [];
    const items = entries.map(({ seq, hash, body }) => ({ seq, hash, body }));
    const reached = entries.at(-1)?.seq;
    const next = reached === undefined || reached >= last ? null : String(reached);
    const body = JSON.stringify({ items, next, seq: last, stale: false });
    sendTagged(reply, request.headers['if-none-match'], last, { body, headers: { 'x-seq': last } });
  }

  @Get(routeOf(`${ALLIANCE}/entries/{seq}`))
  @Allows('member')
  async get(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    readParameters(request, []);
    const reading = readingOf(request);
    const { seq: text } = request.params as Readonly<Record<string, string>>;
    const entry = await this.entryAt(reading, text);
    const headers = { 'x-seq': entry.seq, 'cache-control': IMMUTABLE };
    sendTagged(reply, request.headers['if-none-match'], entry.seq, { body: entry.body, headers });
  }

  @Get(routeOf(`${ALLIANCE}/openings/{seq}/{event}/{name}`))
  @Allows('member')
  async opening(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    readParameters(request, []);
    const reading = readingOf(request);
    const { seq: text, event: place, name = '' } = request.params as Readonly<Record<string, string>>;
    const { seq, body } = await this.entryAt(reading, text);
    const event = readSeq(place);
    const opening = event === undefined ? undefined : await this.store.opening(reading.alliance, seq, event, name);
    if (!opening || !mayOpen(reading, opening, body)) throw new Problem('NOT_FOUND');
    const { salt, payload } = opening;
    const value = JSON.parse(payload) as unknown;
    sendJson(reply, { body: JSON.stringify({ seq, event, name, salt, value }), headers: { 'x-seq': seq } });
  }

  private async entryAt({ alliance, state, untilSeq }: Reading, text: string | undefined) {
    const seq = readSeq(text);
    const isThere = seq !== undefined && seq <= (untilSeq ?? state.head.seq);
    const [entry] = isThere ? await this.store.read(alliance, seq, 1) : [];
    if (!entry) throw new Problem('NOT_FOUND');
    return entry;
  }
}

/** Texts that tell where someone is reached. */
const WHERE_REACHED: readonly string[] = ['contact', 'address'];

/** Contacts and addresses are for their own partner and the facilitator (HTTP page, 8). */
function mayOpen({ capacities }: Reading, { event, name }: StoredOpening, body: string): boolean {
  if (!WHERE_REACHED.includes(name)) return true;
  const data = readEntry(body).events[event]?.data as { readonly partnerId?: string } | undefined;
  return capacities.some(
    ({ actor }) =>
      actor.kind === 'facilitator' || (actor.kind === 'representative' && actor.partner === data?.partnerId),
  );
}
