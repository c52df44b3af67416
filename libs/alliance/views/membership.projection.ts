import type { DataOf, DomainEvent, PartnerKind, RegisterScheme } from '#contracts';
import type { Day, Hash, Id } from '#kernel';
import { textPlace } from '#views';
import type { EventMeta, Projection, Row } from '#views';

/** One step of a membership, on its effective day; `seq` orders the steps of one day. */
export interface MembershipStep {
  readonly step: 'invited' | 'closed' | 'admitted' | 'signed' | 'withdrawn' | 'excluded';
  readonly day: Day;
  readonly seq: number;
  readonly charterHash?: Hash;
}

interface Details {
  readonly kind: PartnerKind;
  readonly registerScheme: RegisterScheme;
  readonly registerCode?: string | undefined;
  readonly day: Day;
  readonly seq: number;
  /** Where the sealed legal name stands: `<seq>/<event>/<name>`, as in `/openings`. */
  readonly legalName: string;
}

export interface PartnerRow {
  readonly sort: 'partner';
  readonly partnerId: Id;
  readonly founding: boolean;
  readonly steps: readonly MembershipStep[];
  readonly details: readonly Details[];
}

/** A mandate, a term as facilitator, an access, a carrier: something with a first day and an end. */
export interface TermRow {
  readonly sort: 'mandate' | 'facilitator' | 'access';
  readonly id: Id;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly beganOn?: Day;
  readonly beganSeq?: number;
  readonly endedOn?: Day;
  readonly cause?: string;
}

export interface CharterRow {
  readonly sort: 'charter';
  readonly charterHash: Hash;
  readonly drafted?: {
    readonly version: number;
    readonly day: Day;
    readonly seq: number;
    readonly charter: DataOf<'CharterDrafted'>['charter'];
    /** Place of the sealed preamble, when there is one. */
    readonly preamble?: string;
  };
  readonly adopted?: { readonly version: number; readonly day: Day; readonly decisionId?: Id };
  readonly signatures: readonly { readonly partnerId: Id; readonly day: Day; readonly seq: number }[];
}

export type MembershipRow = PartnerRow | TermRow | CharterRow;

/** Facts of partners, mandates, facilitators, accesses and charters: rows of the views `members` and `charter`. */
export const membership: Projection<MembershipRow> = {
  name: 'membership',
  version: 2,
  touches: (event, meta) => keysOf(event, meta),
  evolve(row, event, meta, key) {
    const [sort = ''] = key.split('/');
    if (sort === 'partner') return partnerRow(row as Row<PartnerRow> | undefined, event, meta, key);
    if (sort === 'charter') return charterRow(row as Row<CharterRow> | undefined, event, meta, key);
    return termRow(row as Row<TermRow> | undefined, event, meta, key);
  },
};

function keysOf(event: DomainEvent, { actor }: EventMeta): readonly string[] {
  switch (event.type) {
    case 'PartnerInvited':
    case 'InvitationClosed':
    case 'PartnerAdmitted':
    case 'PartnerDetailsCorrected':
    case 'PartnerWithdrew':
    case 'PartnerExcluded':
      return [`partner/${event.data.partnerId}`];
    case 'CharterSigned': {
      const charter = `charter/${event.data.charterHash}`;
      return actor.kind === 'representative' ? [`partner/${actor.partner}`, charter] : [charter];
    }
    case 'CharterDrafted':
    case 'CharterAdopted':
      return [`charter/${event.data.charterHash}`];
    case 'MandateGranted':
    case 'MandateEnded':
      return [`mandate/${event.data.mandateId}`];
    case 'MandateSucceeded':
      return [`mandate/${event.data.endedMandateId}`];
    case 'FacilitatorAppointed':
    case 'FacilitatorEnded':
      return [`facilitator/${event.data.facilitatorId}`];
    case 'AccessGranted':
    case 'AuditOpened':
    case 'AccessEnded':
      return [`access/${event.data.accessId}`];
    default:
      return [];
  }
}

const STEPS: Readonly<Partial<Record<DomainEvent['type'], MembershipStep['step']>>> = {
  PartnerInvited: 'invited',
  InvitationClosed: 'closed',
  PartnerAdmitted: 'admitted',
  CharterSigned: 'signed',
  PartnerWithdrew: 'withdrawn',
  PartnerExcluded: 'excluded',
};

function partnerRow(
  row: Row<PartnerRow> | undefined,
  event: DomainEvent,
  meta: EventMeta,
  key: string,
): Row<PartnerRow> {
  const partnerId = key.slice('partner/'.length) as Id;
  const before: PartnerRow = row?.doc ?? { sort: 'partner', partnerId, founding: false, steps: [], details: [] };
  const place = { day: meta.effectiveDay, seq: meta.seq };
  const step = STEPS[event.type];
  const signed = event.type === 'CharterSigned' ? { charterHash: event.data.charterHash } : {};
  const steps = step ? [...before.steps, { step, ...place, ...signed }] : before.steps;
  const founding = event.type === 'PartnerInvited' ? event.data.founding : before.founding;
  const details = isDetails(event) ? [...before.details, detailsOf(event.data, meta)] : before.details;
  return { doc: { ...before, founding, steps: inOrder(steps), details: inOrder(details) }, tags: ['partner'] };
}

function isDetails(
  event: DomainEvent,
): event is Extract<DomainEvent, { type: 'PartnerInvited' | 'PartnerDetailsCorrected' }> {
  return event.type === 'PartnerInvited' || event.type === 'PartnerDetailsCorrected';
}

function detailsOf(data: DataOf<'PartnerInvited'> | DataOf<'PartnerDetailsCorrected'>, meta: EventMeta): Details {
  const { kind, registerScheme, registerCode } = data;
  const code = registerCode === undefined ? {} : { registerCode };
  const legalName = textPlace(meta, 'legalName');
  return { kind, registerScheme, ...code, day: meta.effectiveDay, seq: meta.seq, legalName };
}

/** By effective day, then seq: so rows come out alike in whatever order their events arrive. */
function inOrder<T extends { readonly day: Day; readonly seq: number }>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => (a.day === b.day ? a.seq - b.seq : a.day < b.day ? -1 : 1));
}

function charterRow(
  row: Row<CharterRow> | undefined,
  event: DomainEvent,
  meta: EventMeta,
  key: string,
): Row<CharterRow> {
  const charterHash = key.slice('charter/'.length);
  const before: CharterRow = row?.doc ?? { sort: 'charter', charterHash, signatures: [] };
  return { doc: { ...before, ...charterFacts(before, event, meta) }, tags: ['charter'] };
}

function charterFacts(before: CharterRow, event: DomainEvent, meta: EventMeta): Partial<CharterRow> {
  const { effectiveDay: day, seq, actor } = meta;
  if (event.type === 'CharterDrafted') {
    const { charterVersion: version, charter } = event.data;
    const preamble = event.sealed?.['preamble'] && textPlace(meta, 'preamble');
    return { drafted: { version, day, seq, charter, ...(preamble === undefined ? {} : { preamble }) } };
  }
  if (event.type === 'CharterAdopted') {
    const { charterVersion: version, decisionId } = event.data;
    return { adopted: { version, day, ...(decisionId === undefined ? {} : { decisionId }) } };
  }
  if (event.type !== 'CharterSigned' || actor.kind !== 'representative') return {};
  // An event that is delivered again stands there already.
  const others = before.signatures.filter((signature) => signature.seq !== seq);
  return { signatures: inOrder([...others, { partnerId: actor.partner, day, seq }]) };
}

function termRow(row: Row<TermRow> | undefined, event: DomainEvent, meta: EventMeta, key: string): Row<TermRow> {
  const [sort, id] = key.split('/') as [TermRow['sort'], Id];
  const before: TermRow = row?.doc ?? { sort, id };
  const doc = { ...before, ...termFacts(event, meta) };
  const partnerId = doc.data?.['partnerId'];
  return { doc, tags: [sort, ...(typeof partnerId === 'string' ? [`${sort}-of/${partnerId}`] : [])] };
}

function termFacts(event: DomainEvent, { effectiveDay, seq }: EventMeta): Partial<TermRow> {
  switch (event.type) {
    case 'MandateGranted':
    case 'FacilitatorAppointed':
    case 'AccessGranted':
    case 'AuditOpened':
      return { data: event.data, beganOn: effectiveDay, beganSeq: seq };
    case 'MandateEnded':
    case 'FacilitatorEnded':
      return { endedOn: effectiveDay, cause: event.data.cause };
    case 'MandateSucceeded':
      return { endedOn: effectiveDay, cause: 'succeeded' };
    case 'AccessEnded':
      return { endedOn: effectiveDay };
    default:
      return {};
  }
}
