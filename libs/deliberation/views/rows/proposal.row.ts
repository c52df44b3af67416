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
  readonly title?: string | undefined;
  readonly driver?: string | undefined;
  readonly sponsors: readonly (Dated & { readonly partnerId: Id })[];
  readonly submitted?: Dated & Omit<DataOf<'ProposalSubmitted'>, 'proposalId'>;
  readonly versions: readonly ShownVersion[];
  readonly responsible: readonly (Dated & { readonly partnerId: Id })[];
  readonly withdrawn?: Dated & { readonly cause: string };
  /** Decisions that were adopted from it. */
  readonly decisions: readonly Id[];
}

/** A version with the place of its sealed text. */
export type ShownVersion = Dated &
  Omit<DataOf<'ProposalVersioned'>, 'proposalId'> & {
    readonly text: string | undefined;
  };

export function proposalRow(before: ProposalRow | undefined, event: DomainEvent, meta: EventMeta, id: Id): ProposalRow {
  const row: ProposalRow = before ?? {
    ...{ sort: 'proposal', proposalId: id, sponsors: [], versions: [], responsible: [], decisions: [] },
  };
  return { ...row, ...proposalFacts(row, event, meta) };
}

function proposalFacts(before: ProposalRow, event: DomainEvent, meta: EventMeta): Partial<ProposalRow> {
  const at = dated(meta);
  switch (event.type) {
    case 'ProposalDrafted': {
      const { decisionType, sponsorId } = event.data;
      const sponsors =
        sponsorId === undefined ? before.sponsors : withOne(before.sponsors, { ...at, partnerId: sponsorId });
      const texts = { title: textAt(event, meta, 'title'), driver: textAt(event, meta, 'driver') };
      return { drafted: at, decisionType, ...texts, sponsors };
    }
    case 'ProposalSponsored':
      return { sponsors: withOne(before.sponsors, { ...at, partnerId: event.data.partnerId }) };
    case 'ProposalSubmitted': {
      const { proposalId: _, ...data } = event.data;
      return { submitted: { ...data, ...at } };
    }
    case 'ProposalVersioned': {
      const { proposalId: _, ...data } = event.data;
      return { versions: withOne(before.versions, { ...data, ...at, text: textAt(event, meta, 'text') }) };
    }
    case 'ResponsibilityAccepted':
      return { responsible: withOne(before.responsible, { ...at, partnerId: event.data.partnerId }) };
    case 'ProposalWithdrawn':
      return { withdrawn: { ...at, cause: event.data.cause } };
    case 'DecisionAdopted': {
      const { decisionId } = event.data;
      return before.decisions.includes(decisionId) ? {} : { decisions: [...before.decisions, decisionId].sort() };
    }
    default:
      return {};
  }
}

/** Found by who sponsors it, and among those that nobody sponsors, until it was withdrawn or a decision was made of it. */
export function tagsOfProposal({ sponsors, withdrawn, decisions }: ProposalRow): readonly string[] {
  return withdrawn || decisions.length > 0 ? ['proposal'] : ['proposal', sponsoredTag(sponsors.at(-1)?.partnerId)];
}

/** Proposals that a partner sponsors, and those that nobody does. */
export function sponsoredTag(partnerId: Id | undefined): string {
  return `sponsored-by/${partnerId ?? 'nobody'}`;
}
