import type { EventType } from '#contracts';
import { dayOf } from '#kernel';
import type { Day, Hash, Id } from '#kernel';
import type { AsOf, RowReader } from '#views';
import { BETWEEN_DATES_TAG, LEAVING_TAG } from './chronicle.projection.js';
import type { ToldEvent } from './chronicle.projection.js';

/** Events about one thing that minutes read, at most. */
const MAX_TOLD = 10_000;

/** How a decision comes to hold no more, or to hold again. */
const ENDS = [
  ...(['DecisionSuspended', 'DecisionResumed', 'DecisionAnnulled', 'DecisionSuperseded', 'DecisionLapsed'] as const),
  ...(['DecisionExpired', 'DecisionRevoked'] as const),
];

type Keep = (event: ToldEvent) => boolean;
const isOf =
  (...types: readonly EventType[]): Keep =>
  ({ type }) =>
    types.includes(type);

/** Who holds a mandate: places of sealed texts, of those that were written. */
export interface PersonTold {
  readonly partnerId: Id;
  readonly name?: string;
  readonly office?: string;
}

/** Gathers the events without which one decision is not understood, each once, from those that lead to it. */
export class MinutesEvents {
  private readonly found = new Map<string, ToldEvent>();

  constructor(
    private readonly rows: RowReader<ToldEvent>,
    private readonly asOf: AsOf,
  ) {}

  /** In the order of the ledger. */
  get inOrder(): readonly ToldEvent[] {
    return [...this.found.values()].sort((a, b) => a.seq - b.seq || a.index - b.index);
  }

  all<T extends EventType>(type: T): readonly ToldEvent<T>[] {
    return this.inOrder.filter((event): event is ToldEvent<T> => event.type === type);
  }

  /** A decision: its proposal or its delegation, its conditions, its reviews, what it replaced and what replaced it. */
  async ofDecision(decisionId: Id): Promise<void> {
    const isOfContribution = isOf('ResourceRequested', 'CommitmentReleased');
    await this.about(decisionId, (event) => !isOfContribution(event));
    const adopted = this.all('DecisionAdopted').find(({ data }) => data.decisionId === decisionId);
    if (!adopted) return;
    const { proposalId, enablingId, conditions, supersedes } = adopted.data;
    if (proposalId !== undefined) await this.ofProposal(proposalId);
    if (enablingId !== undefined) await this.ofDelegation(enablingId, adopted.seq);
    if (conditions.length > 0) await this.ofConditions(decisionId);
    const reviews = this.all('ProposalSubmitted').filter(({ data }) => data.reviewOf === decisionId);
    for (const { data } of reviews) await this.ofReview(data.proposalId);
    const replacing = this.all('DecisionSuperseded').map(({ data }) => data.byDecisionId);
    for (const other of new Set([...supersedes, ...replacing])) await this.about(other, isOf('DecisionAdopted'));
  }

  /** A proposal with everything that was said about it, whatever became of it. */
  async ofProposal(proposalId: Id): Promise<void> {
    const own = await this.about(proposalId);
    for (const { type, data } of own) {
      if (type === 'AmendmentSubmitted') await this.about(data.amendmentId);
      if (type === 'AdviceRequested') await this.about(data.adviceId);
      if (type === 'RoundOpened') await this.about(data.roundId);
    }
    const rounds = this.all('RoundOpened').filter(({ data }) => data.proposalId === proposalId);
    for (const round of rounds) await this.aroundRound(round);
    for (const { type, data } of own) {
      // An earlier decision on an earlier version: suspended, it is what the later one repaired.
      if (type === 'DecisionAdopted') await this.about(data.decisionId, isOf(...ENDS));
    }
    const submitted = this.all('ProposalSubmitted').find(({ data }) => data.proposalId === proposalId);
    const isItsReview: Keep = ({ type, data }) =>
      type === 'DecisionReviewed' && rounds.some((round) => round.data.roundId === data.roundId);
    if (submitted?.data.reviewOf !== undefined) {
      await this.about(submitted.data.reviewOf, (event) => event.type === 'DecisionAdopted' || isItsReview(event));
    }
  }

  /** Those who spoke or signed, by mandate, with the places of sealed names. */
  async people(): Promise<Readonly<Record<Id, PersonTold>>> {
    const spoke = this.all('PositionRecordedOnBehalf').map(({ data }) => data.speakerMandateId);
    const signed = this.all('DelegatedDecisionTaken').flatMap(({ data }) => data.signedBy);
    const people: Record<Id, PersonTold> = {};
    for (const mandateId of new Set([...spoke, ...signed])) {
      for (const { type, data, texts } of await this.listed(mandateId)) {
        if (type === 'MandateGranted') people[mandateId] = { ...texts, partnerId: data.partnerId };
      }
    }
    return people;
  }

  /** Labels of the colleges of the charters under which rounds were asked: places of sealed texts, by charter. */
  async colleges(): Promise<Readonly<Record<Hash, string>>> {
    const colleges: Record<Hash, string> = {};
    for (const { data } of this.all('RoundOpened')) {
      const [drafted] = await this.listed(data.charterHash);
      const labels = drafted?.texts['collegeLabels'];
      if (labels !== undefined) colleges[data.charterHash] = labels;
    }
    return colleges;
  }

  /** Who left its electorate while it was open, and the proxies that held in it. */
  private async aroundRound({ data, seq }: ToldEvent<'RoundOpened'>): Promise<void> {
    const { roundId, electorate, opensAt } = data;
    const closed = this.all('RoundClosed').find((one) => one.data.roundId === roundId);
    const isAsked = (partnerId: Id): boolean => electorate.some((elector) => elector.partnerId === partnerId);
    const isMeanwhile = (event: ToldEvent): boolean => event.seq > seq && event.seq <= (closed?.seq ?? Infinity);
    await this.about(
      LEAVING_TAG,
      (event) => isMeanwhile(event) && 'partnerId' in event.data && isAsked(event.data.partnerId as Id),
    );
    const days = { from: this.dayOf(opensAt), to: closed ? this.dayOf(closed.data.closedAt) : this.asOf.trueOn };
    const mayHold: Keep = (event) =>
      event.type === 'ProxyGiven' &&
      isAsked(event.data.giverId) &&
      event.seq <= (closed?.seq ?? Infinity) &&
      meets(event.data, days);
    const between = (await this.listed(BETWEEN_DATES_TAG)).filter(mayHold);
    const used = this.all('PositionTaken').map((position) => position.data.proxyId);
    const known = [...this.all('ProxyGiven'), ...between].map(
      (given) => (given as ToldEvent<'ProxyGiven'>).data.proxyId,
    );
    for (const proxyId of new Set([...used, ...known])) {
      if (proxyId !== undefined) await this.about(proxyId, isOf('ProxyGiven', 'ProxyRevoked'));
    }
  }

  private async ofDelegation(enablingId: Id, seq: number): Promise<void> {
    const enabling = await this.about(
      enablingId,
      (event) =>
        (event.type === 'DecisionAdopted' && event.data.decisionId === enablingId) ||
        (event.type === 'DelegatedDecisionTaken' && event.seq === seq),
    );
    for (const { type, data } of enabling) {
      if (type === 'DecisionAdopted' && data.proposalId !== undefined) {
        await this.about(data.proposalId, isOf('ProposalSubmitted'));
      }
    }
  }

  /** What was promised for its requests, and guaranteed. */
  private async ofConditions(decisionId: Id): Promise<void> {
    for (const request of await this.about(decisionId, isOf('ResourceRequested'))) {
      if (request.type !== 'ResourceRequested') continue;
      for (const { type, data } of await this.about(
        request.data.requestId,
        isOf('CommitmentMade', 'GuaranteeOffered'),
      )) {
        if (type === 'CommitmentMade') await this.about(data.commitmentId);
        if (type === 'GuaranteeOffered') await this.about(data.guaranteeId);
      }
    }
  }

  /** Of a proposal to review the decision: what it asked, and what its rounds came to. */
  private async ofReview(proposalId: Id): Promise<void> {
    const own = await this.about(
      proposalId,
      isOf('ProposalDrafted', 'ProposalSubmitted', 'RoundOpened', 'AdviceDecisionTaken'),
    );
    for (const { type, data } of own) {
      if (type === 'RoundOpened') await this.about(data.roundId, isOf('RoundClosed', 'RoundReevaluated'));
    }
  }

  private async about(tag: string, keep: Keep = () => true): Promise<readonly ToldEvent[]> {
    const kept = (await this.listed(tag)).filter(keep);
    for (const event of kept) this.found.set(`${String(event.seq)}/${String(event.index)}`, event);
    return kept;
  }

  private async listed(tag: string): Promise<readonly ToldEvent[]> {
    const found = await this.rows.list({ tag }, MAX_TOLD);
    return found.map(({ doc }) => doc).filter(({ day }) => day <= this.asOf.trueOn);
  }

  private dayOf(instant: string): Day {
    return dayOf(instant, this.asOf.timeZone);
  }
}

interface Days {
  readonly from: Day;
  readonly to: Day;
}

function meets({ validFrom, validTo }: ToldEvent<'ProxyGiven'>['data'], { from, to }: Days): boolean {
  return (validFrom ?? from) <= to && (validTo ?? to) >= from;
}
