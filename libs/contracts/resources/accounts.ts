import type { ResourceKind } from '../enums.js';
import { resourceKind } from './resource-kinds.js';

/** Editions of accounts 86 and 87; an export names its own (part 2, 1.3). */
export const ACCOUNT_EDITIONS = ['CRC-99-01', 'ANC-2018-06', 'CERFA-12156'] as const;
export type AccountEdition = (typeof ACCOUNT_EDITIONS)[number];

/**
 * Accounts that the kinds of part 2, 1.3 post to, with the words of each edition: règlements CRC 99-01 and ANC 2018-06,
 * forms Cerfa 12156 and 15059. 870 and 875 changed meaning between the first two; the forms keep the old order.
 */
export const ACCOUNT_LABELS: Readonly<Record<AccountEdition, Readonly<Record<string, string>>>> = {
  'CRC-99-01': {
    '860': 'Secours en nature',
    '861': 'Mise à disposition gratuite de biens',
    '862': 'Prestations',
    '864': 'Personnel bénévole',
    '870': 'Bénévolat',
    '871': 'Prestations en nature',
    '875': 'Dons en nature',
  },
  'ANC-2018-06': {
    '860': 'Secours en nature',
    '8611': 'Locaux',
    '8612': 'Matériels',
    '862': 'Prestations',
    '864': 'Personnel bénévole',
    '870': 'Dons en nature',
    '871': 'Prestations en nature',
    '875': 'Bénévolat',
  },
  'CERFA-12156': {
    '860': 'Secours en nature',
    '861': 'Mise à disposition gratuite de biens et services',
    '862': 'Prestations',
    '864': 'Personnel bénévole',
    '870': 'Bénévolat',
    '871': 'Prestations en nature',
    '875': 'Dons en nature',
  },
};

/** Use 86x and source 87x of a kind in an edition; nothing for a kind without accounts. */
export function accountsOf(
  kind: ResourceKind,
  edition: AccountEdition,
): { readonly use: string; readonly source: string } | undefined {
  const accounts = resourceKind(kind)?.accounts;
  return edition === 'ANC-2018-06' ? accounts?.anc : accounts?.crc;
}

/** Base edition of a period: CRC when it begins before 2020-01-01, else ANC. */
export function baseEdition(from: string): AccountEdition {
  return from < '2020-01-01' ? 'CRC-99-01' : 'ANC-2018-06';
}
