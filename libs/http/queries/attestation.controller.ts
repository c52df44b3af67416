import { attestationView } from '#engine';
import type { AttestationAnswer } from '#engine';
import { isId } from '#kernel';
import { LedgerStore, readEntry } from '#ledger';
import { attestation, attestationFacts } from '#paper';
import type { View } from '#views';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Allows } from '../access.js';
import type { CallerRequest } from '../caller.js';
import { ALLIANCE, routeOf } from '../commands/routes.js';
import { Problem } from '../problem.js';
import { readParameters, readSeq } from '../query-parameters.js';
import { asked } from './ask.js';
import { opened, PAGE_PARAMETERS, pageForm, sendPage } from './pages.js';
import { ViewQuery } from './view-query.js';

export const ATTESTATION = `${ALLIANCE}/contributions/{contributionId}/attestations/{seq}`;

/** The attestation of one acknowledgement, named by the entry that holds it, as a page for people. */
@Controller()
export class AttestationController {
  constructor(
    private readonly bus: QueryBus,
    private readonly store: LedgerStore,
  ) {}

  @Get(routeOf(ATTESTATION))
  @Allows('member')
  async get(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    const given = readParameters(request, PAGE_PARAMETERS);
    const form = pageForm(request, given);
    const { contributionId, seq } = request.params as Readonly<Record<string, string>>;
    const acknowledgedSeq = readSeq(seq);
    if (!isId(contributionId) || acknowledgedSeq === undefined) throw new Problem('NOT_FOUND');
    const question = asked(request, given, { contributionId, acknowledgedSeq });
    const { data, knownAt } = await this.bus.execute(new ViewQuery(attestationView as unknown as View, question));
    const { attestation: found } = data as { readonly attestation: AttestationAnswer | null };
    const [entry] = found ? await this.store.read(question.alliance, found.seq, 1) : [];
    if (!found || !entry) throw new Problem('NOT_FOUND');
    const texts = await opened(this.store, request, found);
    const facts = { ...attestationFacts(texts.data, readEntry(entry.body), knownAt), isWhole: texts.isWhole };
    sendPage(request, reply, { page: attestation(facts, form.language), form, knownAt });
  }
}
