/** Closed lists of the domain pages, each in the order of its page. */
export const PARTNER_KINDS = [
  'association',
  'social-enterprise',
  'company',
  'foundation',
  'local-authority',
  'state-service',
  'other-public',
  'academic',
  'citizen-group',
  'other',
] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];

export const REGISTER_SCHEMES = ['siren', 'rna', 'rid', 'ridet', 'tahiti', 'other', 'none'] as const;
export type RegisterScheme = (typeof REGISTER_SCHEMES)[number];

export const POWERS = ['speak', 'propose', 'take-position', 'commit', 'sign-charter', 'appoint'] as const;
export type Power = (typeof POWERS)[number];

export const RESOURCE_KINDS = [
  'money',
  'goods',
  'equipment-use',
  'premises-use',
  'service',
  'skills',
  'volunteer-time',
  'knowledge',
  'network',
  'guarantee',
] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** Bases of a valuation that a partner records; `alliance-scale` is computed (part 2, 1.6). */
export const BASES_RECORDED = ['donor-cost', 'cvn', 'market-ceiling'] as const;
export const VALUATION_BASES = [...BASES_RECORDED, 'alliance-scale'] as const;
export type ValuationBasis = (typeof VALUATION_BASES)[number];
export const VALUATION_METHODS = [
  'actual-cost',
  'replacement-value',
  'minimum-wage-based',
  'market-price',
  'rental-value',
  'grid',
] as const;

export const DECISION_TYPES = [
  'ordinary',
  'orientation',
  'delegation',
  'facilitator',
  'resource-call',
  'choice',
  'own-domain',
  'delegated',
  'carrier',
  'admission',
  'exclusion',
  'charter-change',
  'structuring',
  'dissolution',
] as const;
export type DecisionType = (typeof DECISION_TYPES)[number];

export const METHODS = [
  'consent',
  'consensus',
  'consensus-minus-n',
  'unanimity',
  'simple-majority',
  'super-majority',
  'absolute-majority',
  'silent-consent',
  'advice',
  'majority-judgment',
  'score',
  'dots',
  'ranked-irv',
  'mandated',
] as const;
export type Method = (typeof METHODS)[number];

export const POSITION_VALUES = [
  'agree',
  'agree-with-concern',
  'abstain',
  'stand-aside',
  'against',
  'object',
  'block',
  'ballot',
] as const;
export type PositionValue = (typeof POSITION_VALUES)[number];

export const OBJECTION_KINDS = ['harms-aim', 'exceeds-our-limits', 'breaks-charter', 'worthwhile-improvement'] as const;
export const BLOCK_KINDS = ['breaks-charter', 'harms-common-goal', 'grave-harm'] as const;
/** Of either form: breaking the charter is a ground for both, and stands once. */
export const RAISED_KINDS = [...OBJECTION_KINDS, 'harms-common-goal', 'grave-harm'] as const;

/** `in-app-opened` by the partner's own representative, `email-accepted` by the notifier, the others by F (HTTP page, 1.2). */
export const NOTIFICATION_CHANNELS = ['in-app-opened', 'email-accepted', 'letter-received', 'meeting'] as const;
export type NotificationChannel = (typeof NOTIFICATION_CHANNELS)[number];

/** What a review proposes (part 1, 4.9). */
export const REVIEW_OUTCOMES = ['renew', 'amend', 'revoke'] as const;

export const STAKE_CATEGORIES = [
  'economic-development',
  'attractiveness',
  'social-cohesion',
  'quality-of-life',
] as const;
export const TERRITORY_SCHEMES = ['commune', 'epci', 'department', 'region', 'nuts', 'other'] as const;

export const CLOSINGS = ['deadline', 'complete', 'objection', 'electorate', 'withdrawn', 'version'] as const;
export type Closing = (typeof CLOSINGS)[number];
