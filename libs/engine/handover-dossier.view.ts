import { charterView, mandatesOf, membersView } from '#alliance';
import type { Member, ShownMandate } from '#alliance';
import { id } from '#contracts';
import { partnerStatement, toAttestView } from '#contribution';
import type { PartnerStatement } from '#contribution';
import { decisionRegisterView, deliberationFacts, shownRound } from '#deliberation';
import type { RegisteredDecision, RoundRow, ShownRound } from '#deliberation';
import type { Day, Hash, Id, Instant } from '#kernel';
import { defineView, objects, objectTag } from '#views';
import type { AsOf, Readers } from '#views';
import { agendaView } from './agenda.view.js';
import type { AgendaItem } from './agenda.view.js';

/** Rows of one sort that a dossier reads, at most. */
const MAX_ROWS = 10_000;

export interface HandoverDecision {
  readonly decisionId: Id;
  readonly decisionType: string;
  readonly title: string | null;
  readonly status: string;
  readonly effectiveFrom: Day;
  readonly reviewOn: Day | null;
  /** The partner accepted to carry it out. */
  readonly responsible: boolean;
  /** The position of the partner that stood at the closing; null when it took none. */
  readonly position: string | null;
  readonly dissent: boolean;
  /** Place of the sealed concern or reason that it joined. */
  readonly concern: string | null;
}

export interface HandoverDossier {
  readonly partnerId: Id;
  readonly partner: Pick<Member, 'kind' | 'registerScheme' | 'registerCode' | 'legalName' | 'status' | 'since'>;
  readonly charter: { readonly version: number; readonly charterHash: Hash; readonly signedOn: Day } | null;
  readonly objectives: readonly {
    readonly objectiveId: string;
    readonly goalIds: readonly string[];
    readonly seq: number;
  }[];
  readonly mandates: readonly ShownMandate[];
  readonly decisions: readonly HandoverDecision[];
  readonly openRounds: readonly {
    readonly roundId: Id;
    /** Place of the sealed title of what is asked. */
    readonly title: string | null;
    readonly closesAt: Instant;
    readonly value: string | null;
  }[];
  readonly ratifications: readonly AgendaItem[];
  readonly statement: PartnerStatement['rows'];
  /** Open, in default among them, and those that wait for their ratification: whatever is due within 90 days is one of these. */
  readonly obligations: PartnerStatement['obligations'];
  readonly pledges: PartnerStatement['pledges'];
  /** Those with exposure. */
  readonly guarantees: PartnerStatement['guarantees'];
  readonly toAttest: Awaited<ReturnType<(typeof toAttestView)['answer']>>;
}

/** All that the next person of a partner has to know (part 2, section 6), without contacts; null for an unknown partner. */
export const handoverDossierView = defineView({
  name: 'handover-dossier',
  projections: [...new Set([...agendaView.projections, ...partnerStatement.projections, objects])],
  params: { partnerId: id() },
  async answer(readers, { partnerId }, asOf): Promise<{ readonly dossier: HandoverDossier | null }> {
    const { partners } = await membersView.answer(readers, {}, asOf);
    const member = partners.find((one) => one.partnerId === partnerId);
    if (!member) return { dossier: null };
    const { kind, registerScheme, registerCode, legalName, status, since } = member;
    return {
      dossier: {
        partnerId,
        partner: { kind, registerScheme, registerCode, legalName, status, since },
        charter: await charterSignedBy(readers, partnerId, asOf),
        objectives: await objectivesOf(readers, partnerId),
        mandates: mandatesOf(member),
        decisions: await decisionsFor(readers, partnerId, asOf),
        openRounds: await openRoundsFor(readers, partnerId, asOf),
        ratifications: await ratificationsFor(readers, partnerId, asOf),
        ...(await contributionsOf(readers, partnerId, asOf)),
      },
    };
  },
});

async function charterSignedBy(readers: Readers, partnerId: Id, asOf: AsOf): Promise<HandoverDossier['charter']> {
  const { versions } = await charterView.answer(readers, {}, asOf);
  const signed = versions.flatMap(({ version, charterHash, signatures }) =>
    signatures.filter((one) => one.partnerId === partnerId).map(({ day }) => ({ version, charterHash, signedOn: day })),
  );
  return signed.at(-1) ?? null;
}

/** Declared and not withdrawn. */
async function objectivesOf(readers: Readers, partnerId: Id): Promise<HandoverDossier['objectives']> {
  const rows = await readers(objects).list({ tag: objectTag('objectives', 'partnerId', partnerId) }, MAX_ROWS);
  return rows
    .filter(({ doc }) => !doc.acts.some(({ type }) => type === 'PartnerObjectiveWithdrawn'))
    .map(({ doc }) => ({
      objectiveId: doc.id,
      goalIds: (doc.data['goalIds'] ?? []) as readonly string[],
      seq: doc.lastSeq,
    }));
}

const IN_FORCE: ReadonlySet<string> = new Set(['pending', 'in-force', 'under-review', 'suspended']);

async function decisionsFor(readers: Readers, partnerId: Id, asOf: AsOf): Promise<HandoverDecision[]> {
  const { decisions } = await decisionRegisterView.answer(readers, {}, asOf);
  const shown: HandoverDecision[] = [];
  for (const decision of decisions.filter(({ status }) => IN_FORCE.has(status))) {
    shown.push(handed(decision, partnerId, await adoptingRound(readers, decision, asOf)));
  }
  return shown;
}

async function adoptingRound(readers: Readers, { rounds }: RegisteredDecision, asOf: AsOf) {
  const last = rounds.findLast(({ outcome }) => outcome?.result === 'adopted');
  const rows = readers(deliberationFacts);
  const row = (await rows.get(`round/${last?.roundId ?? ''}`))?.doc as RoundRow | undefined;
  return row && shownRound(rows, row, asOf.trueOn);
}

function handed(decision: RegisteredDecision, partnerId: Id, round: ShownRound | undefined): HandoverDecision {
  const { decisionId, decisionType, title, status, effectiveFrom, reviewOn, responsible } = decision;
  const position = round?.positions.findLast((one) => one.partnerId === partnerId && one.why === null);
  return {
    ...{ decisionId, decisionType, title, status, effectiveFrom, reviewOn },
    responsible: responsible.includes(partnerId),
    position: position?.value ?? null,
    dissent: round?.result?.outcome.dissent.includes(partnerId) ?? false,
    concern: position?.value === 'agree-with-concern' ? position.concern : null,
  };
}

async function openRoundsFor(readers: Readers, partnerId: Id, asOf: AsOf): Promise<HandoverDossier['openRounds']> {
  const rows = readers(deliberationFacts);
  const found = await rows.list({ tag: 'round-open' }, MAX_ROWS);
  const rounds = await Promise.all(found.map(({ doc }) => shownRound(rows, doc as RoundRow, asOf.trueOn)));
  return rounds.flatMap((round) => (round ? answerOf(round, partnerId) : []));
}

function answerOf({ roundId, title, closesAt, electorate }: ShownRound, partnerId: Id): HandoverDossier['openRounds'] {
  return electorate
    .filter((one) => one.partnerId === partnerId)
    .map(({ value }) => ({ roundId, title, closesAt, value }));
}

async function ratificationsFor(readers: Readers, partnerId: Id, asOf: AsOf): Promise<readonly AgendaItem[]> {
  const { items } = await agendaView.answer(readers, { partnerId }, asOf);
  return items.filter(({ what }) => what.startsWith('ratify-'));
}

async function contributionsOf(readers: Readers, partnerId: Id, asOf: AsOf) {
  const { rows, obligations, pledges, guarantees } = await partnerStatement.answer(readers, { partnerId }, asOf);
  return {
    statement: rows,
    obligations: obligations.filter(({ open, status }) => open !== '0' || status === 'pending'),
    pledges: pledges.filter(({ open }) => open !== '0'),
    guarantees: guarantees.filter(({ exposure }) => exposure !== '0'),
    toAttest: await toAttestView.answer(readers, { partnerId }, asOf),
  };
}
