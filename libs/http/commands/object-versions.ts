import type { State } from '#engine';
import { refuse } from '#kernel';
import type { Id } from '#kernel';
import { AllianceLedger, CommandFailed } from '#ledger';
import type { Answer, Request } from '#ledger';
import { objectKey, objects, ViewProgress, ViewStore } from '#views';
import type { ObjectDoc } from '#views';
import { Injectable } from '@nestjs/common';
import { Problem } from '../problem.js';

/** The object that a command acts on, and the last entry on it that its sender has read (`If-Match`). */
export interface ReadObject {
  readonly collection: string;
  readonly id: string;
  readonly lastSeq: number;
}

const MAX_TRIES = 10;
const WAIT_MS = 3_000;

/** Runs a command on the object version that its sender read: else `STALE_READ`, and nothing is recorded. */
@Injectable()
export class ObjectVersions {
  constructor(
    private readonly ledger: AllianceLedger<State>,
    private readonly progress: ViewProgress,
    private readonly store: ViewStore,
  ) {}

  async execute(alliance: Id, read: ReadObject | undefined, request: Request<State>): Promise<Answer> {
    if (!read) return await this.ledger.execute(alliance, request);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const seen = await this.lastSeqOf(alliance, read);
      const decided = { on: seen.head };
      const answer = await this.ledger.execute(alliance, {
        ...request,
        decide: (state) => {
          decided.on = state.head.seq;
          // The rows tell of the head that they were read at; on another one they are read again.
          const isFresh = decided.on === seen.head && seen.lastSeq === read.lastSeq;
          return isFresh ? request.decide(state) : { entries: [], state, refusal: refuse('STALE_READ') };
        },
      });
      if (decided.on === seen.head || answer.kind === 'recorded') return answer;
    }
    throw new CommandFailed('LOST_RACE');
  }

  private async lastSeqOf(alliance: Id, { collection, id }: ReadObject) {
    const head = (await this.ledger.state(alliance))?.head.seq;
    if (head === undefined) return { head: -1, lastSeq: undefined };
    const waited = await this.progress.waitFor(alliance, [objects.name], head, WAIT_MS);
    if (waited === 'behind') throw new Problem('VIEW_BEHIND', { headers: { 'retry-after': '1' } });
    const row = await this.store.get(alliance, objects.name, objectKey(collection, id));
    return { head, lastSeq: (row?.doc as ObjectDoc | undefined)?.lastSeq };
  }
}
