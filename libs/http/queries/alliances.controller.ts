import { allianceAnswers } from '#alliance';
import { IdentityStore } from '#identity';
import type { Id } from '#kernel';
import { LedgerBroken, LedgerStore, originOf } from '#ledger';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allows } from '../access.js';
import { sendJson, sendTagged } from '../answer.js';
import { accountOf, readingOf } from '../caller.js';
import type { CallerRequest } from '../caller.js';
import { ALLIANCE, ALLIANCES, routeOf } from '../commands/routes.js';
import { Problem } from '../problem.js';
import { readParameters } from '../query-parameters.js';
import { ReadingRights } from '../reading-rights.js';
import type { Reading } from '../reading-rights.js';

/** The alliances that the caller may read, and one of them at a glance. */
@Controller()
export class AlliancesController {
  constructor(
    private readonly identity: IdentityStore,
    private readonly rights: ReadingRights,
    private readonly store: LedgerStore,
  ) {}

  @Get(ALLIANCES)
  @Allows('self')
  async list(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    readParameters(request, []);
    const account = accountOf(request);
    const items = [];
    for (const alliance of await this.identity.alliancesOf(account)) {
      const item = await this.itemOf(account, alliance);
      if (item) items.push(item);
    }
    sendJson(reply, { body: JSON.stringify({ items, next: null }) });
  }

  /** An alliance whose ledger is broken is listed as such, and takes no other with it (architecture 5). */
  private async itemOf(account: Id, alliance: Id) {
    try {
      const reading = await this.rights.of(account, alliance);
      return reading && { alliance, standing: standingOf(reading), seq: seqOf(reading) };
    } catch (fault) {
      if (fault instanceof LedgerBroken) return { alliance, standing: 'broken', seq: fault.seq - 1 };
      throw fault;
    }
  }

  @Get(routeOf(ALLIANCE))
  @Allows('member')
  async get(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    readParameters(request, []);
    const reading = readingOf(request);
    const seq = seqOf(reading);
    const [entry] = await this.store.read(reading.alliance, seq, 1);
    if (!entry) throw new Problem('NOT_FOUND');
    const { hash, at } = entry;
    const body = JSON.stringify({ ...overviewOf(reading), head: { seq, hash, at } });
    sendTagged(reply, request.headers['if-none-match'], seq, { body, headers: { 'x-seq': seq } });
  }
}

function seqOf({ state, untilSeq }: Reading): number {
  return untilSeq ?? state.head.seq;
}

function standingOf({ state, untilSeq }: Reading): string {
  const answers = allianceAnswers(state.alliance);
  if (untilSeq !== undefined) return 'left';
  const phase = answers.phase();
  return phase === 'governed' ? answers.standing() : phase;
}

/** People of a partner that left learn nothing of what the alliance has become. */
function overviewOf(reading: Reading) {
  const { alliance, state, capacities, untilSeq } = reading;
  const common = { alliance, origin: originOf(alliance), standing: standingOf(reading), capacities: [] };
  if (untilSeq !== undefined) return common;
  const { version, hash } = state.alliance.charterInForce ?? {};
  return {
    ...common,
    timeZone: state.alliance.timeZone,
    charter: version === undefined ? undefined : { version, hash },
    partners: state.alliance.members.length,
    capacities: capacities.map(({ capacity }) => capacity),
  };
}
