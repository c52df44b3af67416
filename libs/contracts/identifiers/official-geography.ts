/**
 * Codes of the official geography of France, 2024. Source: INSEE, Code officiel géographique (COG), millésime 2024, via
 * github.com/etalab/decoupage-administratif. Licence of the data: Licence Ouverte / Open Licence 2.0 (Etalab).
 */
export const COG_YEAR = 2024;

export interface Department {
  readonly region: string;
  readonly name: string;
}

/** The 18 regions, by code. */
export const REGIONS_2024: ReadonlyMap<string, string> = new Map([
  ['01', 'Guadeloupe'],
  ['02', 'Martinique'],
  ['03', 'Guyane'],
  ['04', 'La Réunion'],
  ['06', 'Mayotte'],
  ['11', 'Île-de-France'],
  ['24', 'Centre-Val de Loire'],
  ['27', 'Bourgogne-Franche-Comté'],
  ['28', 'Normandie'],
  ['32', 'Hauts-de-France'],
  ['44', 'Grand Est'],
  ['52', 'Pays de la Loire'],
  ['53', 'Bretagne'],
  ['75', 'Nouvelle-Aquitaine'],
  ['76', 'Occitanie'],
  ['84', 'Auvergne-Rhône-Alpes'],
  ['93', "Provence-Alpes-Côte d'Azur"],
  ['94', 'Corse'],
]);

/** The 101 departments, by code, each with its region; the overseas collectivities are none. */
export const DEPARTMENTS_2024: ReadonlyMap<string, Department> = new Map([
  ['01', { region: '84', name: 'Ain' }],
  ['02', { region: '32', name: 'Aisne' }],
  ['03', { region: '84', name: 'Allier' }],
  ['04', { region: '93', name: 'Alpes-de-Haute-Provence' }],
  ['05', { region: '93', name: 'Hautes-Alpes' }],
  ['06', { region: '93', name: 'Alpes-Maritimes' }],
  ['07', { region: '84', name: 'Ardèche' }],
  ['08', { region: '44', name: 'Ardennes' }],
  ['09', { region: '76', name: 'Ariège' }],
  ['10', { region: '44', name: 'Aube' }],
  ['11', { region: '76', name: 'Aude' }],
  ['12', { region: '76', name: 'Aveyron' }],
  ['13', { region: '93', name: 'Bouches-du-Rhône' }],
  ['14', { region: '28', name: 'Calvados' }],
  ['15', { region: '84', name: 'Cantal' }],
  ['16', { region: '75', name: 'Charente' }],
  ['17', { region: '75', name: 'Charente-Maritime' }],
  ['18', { region: '24', name: 'Cher' }],
  ['19', { region: '75', name: 'Corrèze' }],
  ['21', { region: '27', name: "Côte-d'Or" }],
  ['22', { region: '53', name: "Côtes-d'Armor" }],
  ['23', { region: '75', name: 'Creuse' }],
  ['24', { region: '75', name: 'Dordogne' }],
  ['25', { region: '27', name: 'Doubs' }],
  ['26', { region: '84', name: 'Drôme' }],
  ['27', { region: '28', name: 'Eure' }],
  ['28', { region: '24', name: 'Eure-et-Loir' }],
  ['29', { region: '53', name: 'Finistère' }],
  ['2A', { region: '94', name: 'Corse-du-Sud' }],
  ['2B', { region: '94', name: 'Haute-Corse' }],
  ['30', { region: '76', name: 'Gard' }],
  ['31', { region: '76', name: 'Haute-Garonne' }],
  ['32', { region: '76', name: 'Gers' }],
  ['33', { region: '75', name: 'Gironde' }],
  ['34', { region: '76', name: 'Hérault' }],
  ['35', { region: '53', name: 'Ille-et-Vilaine' }],
  ['36', { region: '24', name: 'Indre' }],
  ['37', { region: '24', name: 'Indre-et-Loire' }],
  ['38', { region: '84', name: 'Isère' }],
  ['39', { region: '27', name: 'Jura' }],
  ['40', { region: '75', name: 'Landes' }],
  ['41', { region: '24', name: 'Loir-et-Cher' }],
  ['42', { region: '84', name: 'Loire' }],
  ['43', { region: '84', name: 'Haute-Loire' }],
  ['44', { region: '52', name: 'Loire-Atlantique' }],
  ['45', { region: '24', name: 'Loiret' }],
  ['46', { region: '76', name: 'Lot' }],
  ['47', { region: '75', name: 'Lot-et-Garonne' }],
  ['48', { region: '76', name: 'Lozère' }],
  ['49', { region: '52', name: 'Maine-et-Loire' }],
  ['50', { region: '28', name: 'Manche' }],
  ['51', { region: '44', name: 'Marne' }],
  ['52', { region: '44', name: 'Haute-Marne' }],
  ['53', { region: '52', name: 'Mayenne' }],
  ['54', { region: '44', name: 'Meurthe-et-Moselle' }],
  ['55', { region: '44', name: 'Meuse' }],
  ['56', { region: '53', name: 'Morbihan' }],
  ['57', { region: '44', name: 'Moselle' }],
  ['58', { region: '27', name: 'Nièvre' }],
  ['59', { region: '32', name: 'Nord' }],
  ['60', { region: '32', name: 'Oise' }],
  ['61', { region: '28', name: 'Orne' }],
  ['62', { region: '32', name: 'Pas-de-Calais' }],
  ['63', { region: '84', name: 'Puy-de-Dôme' }],
  ['64', { region: '75', name: 'Pyrénées-Atlantiques' }],
  ['65', { region: '76', name: 'Hautes-Pyrénées' }],
  ['66', { region: '76', name: 'Pyrénées-Orientales' }],
  ['67', { region: '44', name: 'Bas-Rhin' }],
  ['68', { region: '44', name: 'Haut-Rhin' }],
  ['69', { region: '84', name: 'Rhône' }],
  ['70', { region: '27', name: 'Haute-Saône' }],
  ['71', { region: '27', name: 'Saône-et-Loire' }],
  ['72', { region: '52', name: 'Sarthe' }],
  ['73', { region: '84', name: 'Savoie' }],
  ['74', { region: '84', name: 'Haute-Savoie' }],
  ['75', { region: '11', name: 'Paris' }],
  ['76', { region: '28', name: 'Seine-Maritime' }],
  ['77', { region: '11', name: 'Seine-et-Marne' }],
  ['78', { region: '11', name: 'Yvelines' }],
  ['79', { region: '75', name: 'Deux-Sèvres' }],
  ['80', { region: '32', name: 'Somme' }],
  ['81', { region: '76', name: 'Tarn' }],
  ['82', { region: '76', name: 'Tarn-et-Garonne' }],
  ['83', { region: '93', name: 'Var' }],
  ['84', { region: '93', name: 'Vaucluse' }],
  ['85', { region: '52', name: 'Vendée' }],
  ['86', { region: '75', name: 'Vienne' }],
  ['87', { region: '75', name: 'Haute-Vienne' }],
  ['88', { region: '44', name: 'Vosges' }],
  ['89', { region: '27', name: 'Yonne' }],
  ['90', { region: '27', name: 'Territoire de Belfort' }],
  ['91', { region: '11', name: 'Essonne' }],
  ['92', { region: '11', name: 'Hauts-de-Seine' }],
  ['93', { region: '11', name: 'Seine-Saint-Denis' }],
  ['94', { region: '11', name: 'Val-de-Marne' }],
  ['95', { region: '11', name: "Val-d'Oise" }],
  ['971', { region: '01', name: 'Guadeloupe' }],
  ['972', { region: '02', name: 'Martinique' }],
  ['973', { region: '03', name: 'Guyane' }],
  ['974', { region: '04', name: 'La Réunion' }],
  ['976', { region: '06', name: 'Mayotte' }],
] as const);

export interface FormerRegion {
  readonly name: string;
  readonly lastYear: number;
  readonly mergedInto: string;
  readonly departments: readonly string[];
}

/** Former regions that are held: Poitou-Charentes. */
export const FORMER_REGIONS: ReadonlyMap<string, FormerRegion> = new Map([
  ['54', { name: 'Poitou-Charentes', lastYear: 2015, mergedInto: '75', departments: ['16', '17', '79', '86'] }],
]);
