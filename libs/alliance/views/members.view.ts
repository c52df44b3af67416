import type { PartnerKind, RegisterScheme } from '#contracts';
import type { Day, Id } from '#kernel';
import { defineView } from '#views';
import type { AsOf, RowReader } from '#views';
import { membership } from './membership.projection.js';
import type { CharterRow, MembershipRow, MembershipStep, PartnerRow, TermRow } from './membership.projection.js';

/** Rows that one answer reads, at most, per sort. */
const MAX_ROWS = 10_000;

export type MemberStatus = 'invited' | 'closed' | 'admitted' | 'active' | 'withdrawn' | 'excluded';

export interface Term {
  readonly id: Id;
  readonly inForce: boolean;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly endedOn: Day | null;
  readonly cause: string | null;
}

export interface Member {
  readonly partnerId: Id;
  readonly kind: PartnerKind;
  readonly registerScheme: RegisterScheme;
  readonly registerCode: string | null;
  /** Place of the sealed legal name, as in `/openings/<seq>/<event>/<name>`. */
  readonly legalName: string;
  readonly founding: boolean;
  readonly status: MemberStatus;
  /** Day since which the status holds. */
  readonly since: Day;
  readonly unrepresented: boolean;
  readonly mandates: readonly (Term & { readonly data: Readonly<Record<string, unknown>> })[];
}

export interface MembersAnswer {
  readonly standing: 'forming' | 'active' | 'dormant';
  /** In the order of admission, then those invited. */
  readonly partners: readonly Member[];
  readonly facilitators: readonly (Term & { readonly personRef: Id })[];
  readonly accesses: readonly (Term & { readonly role: string; readonly personRef: Id })[];
}

/** Who belongs to the alliance, who speaks for whom, who leads its rounds: as of a day. */
export const membersView = defineView({
  name: 'members',
  projections: [membership],
  params: {},
  async answer(readers, _params, asOf): Promise<MembersAnswer> {
    const rows = readers(membership);
    const charters = await ofSort<CharterRow>(rows, 'charter');
    const terms = await ofSort<TermRow>(rows, 'mandate');
    const partners = (await ofSort<PartnerRow>(rows, 'partner')).sort(byAdmission);
    const adoptedOn = firstAdoption(charters, asOf.trueOn);
    const members = partners.map((row) => memberOf(row, terms, adoptedOn, asOf));
    return {
      standing: standingOf(members, adoptedOn),
      partners: members,
      facilitators: (await ofSort<TermRow>(rows, 'facilitator')).map((row) => ({
        ...termOf(row, asOf),
        personRef: row.data?.['personRef'] as Id,
      })),
      accesses: (await ofSort<TermRow>(rows, 'access')).map((row) => ({
        ...termOf(row, asOf),
        role: String(row.data?.['role']),
        personRef: row.data?.['personRef'] as Id,
      })),
    };
  },
});

async function ofSort<R extends MembershipRow>(rows: RowReader<MembershipRow>, tag: R['sort']): Promise<R[]> {
  const found = await rows.list({ tag }, MAX_ROWS);
  return found.map(({ doc }) => doc as R);
}

function byAdmission(a: PartnerRow, b: PartnerRow): number {
  return admittedSeq(a) - admittedSeq(b) || (a.steps[0]?.seq ?? 0) - (b.steps[0]?.seq ?? 0);
}

function admittedSeq({ steps }: PartnerRow): number {
  return steps.find(({ step }) => step === 'admitted')?.seq ?? Number.MAX_SAFE_INTEGER;
}

/** Day of the first charter's adoption; founders are active from then on. */
function firstAdoption(charters: readonly CharterRow[], trueOn: Day): Day | undefined {
  const days = charters
    .map(({ adopted }) => adopted?.day)
    .filter((day): day is Day => day !== undefined && day <= trueOn);
  return days.sort()[0];
}

function memberOf(row: PartnerRow, terms: readonly TermRow[], adoptedOn: Day | undefined, asOf: AsOf): Member {
  const details = row.details.filter(({ day }) => day <= asOf.trueOn).at(-1) ?? row.details[0];
  const { status, since } = statusOf(
    row.steps.filter(({ day }) => day <= asOf.trueOn),
    adoptedOn,
  );
  const mandates = terms
    .filter(({ data }) => data?.['partnerId'] === row.partnerId)
    .map((term) => ({ ...termOf(term, asOf), data: term.data ?? {} }))
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : a.id < b.id ? -1 : 1));
  const represented = mandates.some(
    ({ inForce, data }) => inForce && (data['powers'] as readonly string[]).includes('take-position'),
  );
  return {
    partnerId: row.partnerId,
    kind: details?.kind ?? 'other',
    registerScheme: details?.registerScheme ?? 'none',
    registerCode: details?.registerCode ?? null,
    legalName: details?.legalName ?? '',
    founding: row.founding,
    status,
    since,
    unrepresented: status === 'active' && !represented,
    mandates,
  };
}

function statusOf(steps: readonly MembershipStep[], adoptedOn: Day | undefined): { status: MemberStatus; since: Day } {
  let current: { status: MemberStatus; since: Day } = { status: 'invited', since: steps[0]?.day ?? '' };
  for (const { step, day } of steps) {
    if (step !== 'signed') current = { status: step, since: day };
    else if (current.status === 'admitted' && adoptedOn !== undefined) {
      current = { status: 'active', since: day > adoptedOn ? day : adoptedOn };
    }
  }
  return current;
}

function termOf(row: TermRow, { trueOn }: AsOf): Term {
  const validFrom = (row.data?.['validFrom'] ?? row.beganOn ?? '') as Day;
  const validTo = (row.data?.['validTo'] ?? null) as Day | null;
  // The end of a term follows from `validTo`: a late clock changes no view.
  const endedOn = row.cause === 'term' ? null : (row.endedOn ?? null);
  const within = validFrom <= trueOn && (validTo === null || trueOn <= validTo);
  const inForce = within && (row.beganOn ?? '9999') <= trueOn && (endedOn === null || trueOn < endedOn);
  return { id: row.id, inForce, validFrom, validTo, endedOn, cause: row.cause ?? null };
}

function standingOf(members: readonly Member[], adoptedOn: Day | undefined): MembersAnswer['standing'] {
  if (adoptedOn === undefined) return 'forming';
  const active = members.filter(({ status }) => status === 'active');
  const kinds = new Set(active.map(({ kind }) => kind));
  return active.length >= 3 && kinds.size >= 2 ? 'active' : 'dormant';
}
