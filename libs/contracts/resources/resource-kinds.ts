import type { ResourceKind } from '../enums.js';

export type Unit = 'piece' | 'kg' | 'l' | 'm3' | 'm2-day' | 'act' | 'hour' | 'day';

/** One row of part 2, 1.3. The ledger stores the kind and never an account: an export names its edition. */
export interface ResourceKindRow {
  readonly kind: ResourceKind;
  readonly label: { readonly fr: string; readonly en: string };
  readonly units: 'currency' | readonly Unit[];
  readonly valueFlows?: 'transfer' | 'use' | 'deliverService' | 'work' | 'cite';
  readonly cids?: 'FinancialInput' | 'PhysicalInput' | 'Input' | 'SkillInput';
  /** Use 86x and source 87x by edition; 870 and 875 changed meaning between CRC 99-01 (and Cerfa) and ANC 2018-06. */
  readonly accounts?: {
    readonly anc: { readonly use: string; readonly source: string };
    readonly crc: { readonly use: string; readonly source: string };
  };
}

/** Kinds of resources in the order of lines everywhere (part 2, 1.3). */
export const RESOURCE_KIND_TABLE: readonly ResourceKindRow[] = [
  {
    kind: 'money',
    label: { fr: 'Argent', en: 'Money' },
    units: 'currency',
    valueFlows: 'transfer',
    cids: 'FinancialInput',
  },
  {
    kind: 'goods',
    label: { fr: 'Don en nature', en: 'Goods' },
    units: ['piece', 'kg', 'l', 'm3'],
    valueFlows: 'transfer',
    cids: 'PhysicalInput',
    accounts: { anc: { use: '860', source: '870' }, crc: { use: '860', source: '875' } },
  },
  {
    kind: 'equipment-use',
    label: { fr: 'Mise à disposition de matériel', en: 'Use of equipment' },
    units: ['hour', 'day'],
    valueFlows: 'use',
    cids: 'PhysicalInput',
    accounts: { anc: { use: '8612', source: '871' }, crc: { use: '861', source: '871' } },
  },
  {
    kind: 'premises-use',
    label: { fr: 'Mise à disposition de locaux', en: 'Use of premises' },
    units: ['hour', 'day', 'm2-day'],
    valueFlows: 'use',
    cids: 'PhysicalInput',
    accounts: { anc: { use: '8611', source: '871' }, crc: { use: '861', source: '871' } },
  },
  {
    kind: 'service',
    label: { fr: 'Prestation', en: 'Service' },
    units: ['act', 'hour', 'day'],
    valueFlows: 'deliverService',
    cids: 'Input',
    accounts: { anc: { use: '862', source: '871' }, crc: { use: '862', source: '871' } },
  },
  {
    kind: 'skills',
    label: { fr: 'Mécénat de compétences', en: 'Skills lent by an employer' },
    units: ['hour', 'day'],
    valueFlows: 'work',
    cids: 'SkillInput',
    accounts: { anc: { use: '862', source: '871' }, crc: { use: '862', source: '871' } },
  },
  {
    kind: 'volunteer-time',
    label: { fr: 'Bénévolat', en: 'Volunteer time' },
    units: ['hour'],
    valueFlows: 'work',
    cids: 'SkillInput',
    accounts: { anc: { use: '864', source: '875' }, crc: { use: '864', source: '870' } },
  },
  { kind: 'knowledge', label: { fr: 'Savoir', en: 'Knowledge' }, units: ['act'], valueFlows: 'cite', cids: 'Input' },
  { kind: 'network', label: { fr: 'Réseau', en: 'Network' }, units: ['act'], valueFlows: 'cite', cids: 'Input' },
  { kind: 'guarantee', label: { fr: 'Garantie', en: 'Guarantee' }, units: 'currency' },
];

const RANK: ReadonlyMap<string, number> = new Map(RESOURCE_KIND_TABLE.map((row, rank) => [row.kind, rank]));

export function resourceKind(kind: string): ResourceKindRow | undefined {
  return RESOURCE_KIND_TABLE[RANK.get(kind) ?? -1];
}

/** Place of a kind in the order of lines. */
export function kindRank(kind: string): number {
  return RANK.get(kind) ?? RESOURCE_KIND_TABLE.length;
}
