import type { DataOf, DomainEvent } from '#contracts';
import type { Id } from '#kernel';
import type { EventMeta } from '#views';
import { dated, textAt, withOne } from './dated.js';
import type { Dated } from './dated.js';

export interface ProposalRow {
  readonly sort: 'proposal';
  readonly proposalId: Id;
  readonly drafted?: Dated;
  readonly decisionType?: string;
  /** Places of the sealed title and driver, as in `/openings/<seq>/<event>/<name>`. */
  readonly title?: string;
  readonly driver?: string;
  readonly sponsors: readonly (Dated & { readonly partnerId: Id })[];
  readonly submitted?: Dated & Omit<DataOf<'ProposalSubmitted'>, 'proposalId'>;
  readonly versions: readonly ShownVersion[];
  readonly responsible: readonly (Dated & { readonly partnerId: Id })[];
  readonly withdrawn?: Dated & { readonly cause: string };
}

/** A version with the place of its sealed text. */
export type ShownVersion = Dated & Omit<DataOf<'ProposalVersioned'>, 'proposalId'> & { readonly text: string };

export function proposalRow(before: ProposalRow | undefined, event: DomainEvent, meta: EventMeta, id: Id): ProposalRow {
  const row = before ?? { sort: 'proposal', proposalId: id, sponsors: [], versions: [], responsible: [] };
  return { ...row, ...proposalFacts(row, event, meta) };
}

function proposalFacts(before: ProposalRow, event: DomainEvent, meta: EventMeta): Partial<ProposalRow> {
  const at = dated(meta);
  switch (event.type) {
    case 'ProposalDrafted': {
      const { decisionType, sponsorId } = event.data;
      const sponsors =
        sponsorId === undefined ? before.sponsors : withOne(before.sponsors, { ...at, partnerId: sponsorId });
      return { drafted: at, decisionType, title: textAt(meta, 'title'), driver: textAt(meta, 'driver'), sponsors };
    }
    case 'ProposalSponsored':
      return { sponsors: withOne(before.sponsors, { ...at, partnerId: event.data.partnerId }) };
    case 'ProposalSubmitted': {
      const { proposalId: _, ...data } = event.data;
      return { submitted: { ...data, ...at } };
    }
    case 'ProposalVersioned': {
      const { proposalId: _, ...data } = event.data;
      return { versions: withOne(before.versions, { ...data, ...at, text: textAt(meta, 'text') }) };
    }
    case 'ResponsibilityAccepted':
      return { responsible: withOne(before.responsible, { ...at, partnerId: event.data.partnerId }) };
    case 'ProposalWithdrawn':
      return { withdrawn: { ...at, cause: event.data.cause } };
    default:
      return {};
  }
}
