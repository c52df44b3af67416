import type { Id } from '#kernel';
import { AllianceLedger } from '#ledger';
import type { State } from '#engine';
import { ViewAsker, ViewProgress } from '#views';
import type { Answered, AsOfQuery, View } from '#views';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Problem } from '../problem.js';

/** How long an answer is held back until the view has come so far (HTTP page, 2.2). */
const WAIT_MS = 3_000;

export interface Asked {
  readonly alliance: Id;
  readonly params: Readonly<Record<string, unknown>>;
  readonly asOf: AsOfQuery;
  readonly minSeq?: number | undefined;
}

export class ViewQuery extends Query<Answered<unknown>> {
  constructor(
    readonly view: View,
    readonly asked: Asked,
  ) {
    super();
  }
}

/** Waits for the entry that the caller must see, then answers: one handler for every view. */
@QueryHandler(ViewQuery)
export class ViewQueryHandler implements IQueryHandler<ViewQuery> {
  constructor(
    private readonly ledger: AllianceLedger<State>,
    private readonly progress: ViewProgress,
    private readonly asker: ViewAsker,
  ) {}

  async execute({ view, asked }: ViewQuery): Promise<Answered<unknown>> {
    const { alliance, params, asOf, minSeq } = asked;
    if (minSeq !== undefined) await this.waitFor(alliance, view, minSeq);
    const answered = await this.asker.ask(alliance, view, params, asOf);
    if (!('fault' in answered)) return answered;
    throw answered.fault === 'NOT_FOUND'
      ? new Problem('NOT_FOUND')
      : Problem.parameter(answered.parameter, answered.fault);
  }

  private async waitFor(alliance: Id, view: View, seq: number): Promise<void> {
    const head = (await this.ledger.state(alliance))?.head.seq ?? -1;
    if (seq > head) throw Problem.header('X-Min-Seq', 'SEQ_AHEAD_OF_HEAD');
    const names = view.projections.map(({ name }) => name);
    const waited = await this.progress.waitFor(alliance, names, seq, WAIT_MS);
    if (waited === 'behind') throw new Problem('VIEW_BEHIND', { headers: { 'retry-after': '1' } });
  }
}
