/**
 * Territories of Nouvelle-Aquitaine and, within it, of the former region Poitou-Charentes, by name: what an alliance
 * there picks from. Rules do not read them: a code outside of them may be right.
 */

/**
 * NUTS 2021 codes (Regulation (EC) No 1059/2003 as amended). Reuse allowed with the source named: Eurostat, European
 * Union (Decision 2011/833/EU). Of level 1 and 2 with a name, of level 3 with the department.
 */
export const NUTS_2021: ReadonlyMap<string, { readonly name: string } | { readonly department: string }> = new Map<
  string,
  { readonly name: string } | { readonly department: string }
>([
  ['FRI', { name: 'Nouvelle-Aquitaine' }],
  ['FRI1', { name: 'Aquitaine' }],
  ['FRI2', { name: 'Limousin' }],
  ['FRI3', { name: 'Poitou-Charentes' }],
  ['FRI11', { department: '24' }],
  ['FRI12', { department: '33' }],
  ['FRI13', { department: '40' }],
  ['FRI14', { department: '47' }],
  ['FRI15', { department: '64' }],
  ['FRI21', { department: '19' }],
  ['FRI22', { department: '23' }],
  ['FRI23', { department: '87' }],
  ['FRI31', { department: '16' }],
  ['FRI32', { department: '17' }],
  ['FRI33', { department: '79' }],
  ['FRI34', { department: '86' }],
]);

export interface Epci {
  readonly kind: 'CC' | 'CA' | 'CU' | 'METRO';
  readonly name: string;
  /** That of its seat. */
  readonly department: string;
}

/**
 * EPCI with own taxation whose seat is in the departments 16, 17, 79 and 86, by SIREN, on 2024-01-01. Source: DGCL, liste des
 * EPCI à fiscalité propre, via github.com/etalab/decoupage-administratif. Licence Ouverte / Open Licence 2.0 (Etalab).
 */
export const EPCI_2024: ReadonlyMap<string, Epci> = new Map([
  ['200071827', { kind: 'CA', name: 'CA du Grand Angoulême', department: '16' }],
  ['200070514', { kind: 'CA', name: 'CA du Grand Cognac', department: '16' }],
  ['200072023', { kind: 'CC', name: 'CC Coeur de Charente', department: '16' }],
  ['200068914', { kind: 'CC', name: 'CC La Rochefoucauld porte du Périgord', department: '16' }],
  ['200070282', { kind: 'CC', name: 'CC Lavalette Tude Dronne', department: '16' }],
  ['200043016', { kind: 'CC', name: 'CC Val de Charente', department: '16' }],
  ['200072049', { kind: 'CC', name: 'CC de Charente Limousine', department: '16' }],
  ['200029734', { kind: 'CC', name: 'CC des 4B Sud Charente', department: '16' }],
  ['241600303', { kind: 'CC', name: 'CC du Rouillacais', department: '16' }],
  ['200036473', { kind: 'CA', name: 'CA "Saintes - Grandes Rives - L\'Agglo"', department: '17' }],
  ['200041762', { kind: 'CA', name: 'CA Rochefort Océan', department: '17' }],
  ['241700640', { kind: 'CA', name: 'CA Royan Atlantique', department: '17' }],
  ['241700434', { kind: 'CA', name: 'CA de La Rochelle', department: '17' }],
  ['200041499', { kind: 'CC', name: 'CC Aunis Atlantique', department: '17' }],
  ['200041614', { kind: 'CC', name: 'CC Aunis Sud', department: '17' }],
  ['241700517', { kind: 'CC', name: 'CC Coeur de Saintonge', department: '17' }],
  ['200041689', { kind: 'CC', name: 'CC Vals de Saintonge Communauté', department: '17' }],
  ['241700632', { kind: 'CC', name: 'CC de Gémozac et de la Saintonge Viticole', department: '17' }],
  ['241700624', { kind: 'CC', name: "CC de l'Ile d'Oléron", department: '17' }],
  ['241700459', { kind: 'CC', name: "CC de l'Ile de Ré", department: '17' }],
  ['200041523', { kind: 'CC', name: 'CC de la Haute Saintonge', department: '17' }],
  ['241700699', { kind: 'CC', name: 'CC du Bassin de Marennes', department: '17' }],
  ['200040244', { kind: 'CA', name: 'CA du Bocage Bressuirais', department: '79' }],
  ['200041317', { kind: 'CA', name: 'CA du Niortais', department: '79' }],
  ['200041416', { kind: 'CC', name: 'CC Airvaudais-Val du Thouet', department: '79' }],
  ['200041994', { kind: 'CC', name: 'CC Haut Val de Sèvre', department: '79' }],
  ['200069755', { kind: 'CC', name: 'CC Mellois en Poitou', department: '79' }],
  ['200069748', { kind: 'CC', name: 'CC Val de Gâtine', department: '79' }],
  ['200041333', { kind: 'CC', name: 'CC de Parthenay-Gâtine', department: '79' }],
  ['247900798', { kind: 'CC', name: 'CC du Thouarsais', department: '79' }],
  ['248600413', { kind: 'CA', name: 'CA Grand Châtellerault', department: '86' }],
  ['200070043', { kind: 'CC', name: 'CC Vienne et Gartempe', department: '86' }],
  ['200043628', { kind: 'CC', name: 'CC des Vallées du Clain', department: '86' }],
  ['200070035', { kind: 'CC', name: 'CC du Civraisien en Poitou', department: '86' }],
  ['200069763', { kind: 'CC', name: 'CC du Haut-Poitou', department: '86' }],
  ['248600447', { kind: 'CC', name: 'CC du Pays Loudunais', department: '86' }],
  ['200069854', { kind: 'CU', name: 'CU du Grand Poitiers', department: '86' }],
] as const);
