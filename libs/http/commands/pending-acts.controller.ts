import type { ArgumentInput } from '#contracts';
import { IdentityStore } from '#identity';
import type { PendingAct } from '#identity';
import { isId } from '#kernel';
import type { Id } from '#kernel';
import { LedgerStore, readEntry } from '#ledger';
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Allows } from '../access.js';
import { sendJson } from '../answer.js';
import { readingOf } from '../caller.js';
import type { CallerRequest } from '../caller.js';
import { Clock } from '../clock.js';
import { Problem } from '../problem.js';
import { readParameters } from '../query-parameters.js';
import type { Reading } from '../reading-rights.js';
import { bodyOf } from './command-controllers.js';
import { answer, senderOf } from './command-door.js';
import { ALLIANCE, routeOf } from './routes.js';
import { SignPendingAct } from './signed-command.js';

export const PENDING_ACTS = `${ALLIANCE}/pending-acts`;

/** Acts that wait for signatures: read by those who may represent a partner or facilitate, signed by each signatory. */
@Controller()
export class PendingActsController {
  constructor(
    private readonly bus: CommandBus,
    private readonly identity: IdentityStore,
    private readonly clock: Clock,
    private readonly store: LedgerStore,
  ) {}

  @Get(routeOf(PENDING_ACTS))
  @Allows('member')
  async list(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    readParameters(request, []);
    const reading = readingOf(request);
    const acts = mayRead(reading) ? await this.identity.pendingActs.list(reading.alliance, this.clock.now()) : [];
    const shown = await Promise.all(acts.map((act) => this.shown(act)));
    const items = shown.filter(({ recordedSeq }) => recordedSeq === undefined);
    const { seq } = reading.state.head;
    sendJson(reply, { body: JSON.stringify({ items, next: null, seq, stale: false }), headers: { 'x-seq': seq } });
  }

  /** With its arguments, texts included: nobody signs what it has not read. */
  @Get(routeOf(`${PENDING_ACTS}/{id}`))
  @Allows('member')
  async get(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    readParameters(request, []);
    const reading = readingOf(request);
    const { id } = request.params as Readonly<Record<string, string>>;
    const act = isId(id) && mayRead(reading) ? await this.identity.pendingActs.find(reading.alliance, id) : undefined;
    if (!act) throw new Problem('NOT_FOUND');
    if (this.clock.now() > act.expiresAt) throw new Problem('PENDING_ACT_EXPIRED');
    const { seq } = reading.state.head;
    const input = JSON.parse(act.input) as ArgumentInput;
    const body = { ...(await this.shown(act)), arguments: { ...input.public, ...input.sealed } };
    sendJson(reply, { body: JSON.stringify(body), headers: { 'x-seq': seq } });
  }

  @Post(routeOf(`${PENDING_ACTS}/{id}/signatures`))
  @Allows('capacity')
  async sign(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    readParameters(request, []);
    const sender = senderOf(request);
    const { alliance, id } = request.params as Readonly<Record<string, string>>;
    readNothing(bodyOf(request));
    if (!isId(alliance) || !isId(id)) throw new Problem('NOT_FOUND');
    const answered = await this.bus.execute(new SignPendingAct(alliance, id, sender));
    answer(reply, 'TakeDelegatedDecision', answered, {});
  }

  /** An act with all its signatures is in the ledger, and waits no longer: its place there. */
  private async shown({ id, name, alliance, commandId, expiresAt }: PendingAct) {
    const signatures = await this.identity.pendingActs.signatures(id);
    const signedBy: readonly Id[] = signatures.map(({ mandateId }) => mandateId);
    const recorded = await this.store.findCommand(alliance, commandId);
    return { pendingAct: id, name, expiresAt, signedBy, recordedSeq: recorded && readEntry(recorded.body).seq };
  }
}

/** A partner's person, or a facilitator (HTTP page, 8): not who only observes, audits, or has left. */
function mayRead({ capacities }: Reading): boolean {
  return capacities.some(({ actor }) => actor.kind === 'representative' || actor.kind === 'facilitator');
}

/** A signature says nothing but that it is given. */
function readNothing(body: unknown): void {
  const given = typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.keys(body) : undefined;
  if (given?.length === 0) return;
  const errors = (given ?? ['']).map((name) => ({ pointer: `/${name}`, code: 'UNKNOWN_MEMBER' }));
  throw new Problem('ARGUMENTS_INVALID', { errors });
}
