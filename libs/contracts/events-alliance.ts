import { charterFields, amountLine } from './charter.js';
import { PARTNER_KINDS, POWERS, REGISTER_SCHEMES, STAKE_CATEGORIES, TERRITORY_SCHEMES } from './enums.js';
import {
  code,
  enteredCode,
  day,
  document,
  flag,
  hash,
  id,
  int,
  key,
  list,
  long,
  note,
  oneOf,
  optional,
  record,
  refusedAs,
  required,
  textList,
  textRecord,
  title,
} from './schema.js';
import type { EventDefinitions } from './schema.js';

const register = { registerScheme: oneOf(...REGISTER_SCHEMES), registerCode: optional(code()) };
const partnerIdentity = { partnerId: id(), kind: oneOf(...PARTNER_KINDS), ...register };
const charterVersion = { charterVersion: int(1), charterHash: hash() };
const officialCodeOf = (written: ReturnType<typeof code>) =>
  refusedAs(
    'CODE_SCHEME_MISSING',
    record({ scheme: oneOf(...TERRITORY_SCHEMES), code: written, year: int(1900, 2199) }),
  );
export const officialCode = officialCodeOf(code());
/** The same as an argument: normalised before it is recorded. */
export const enteredOfficialCode = officialCodeOf(enteredCode());

/** Events of the alliance context: part 1, 5.1, in the order of the catalogue. */
export const allianceEvents = {
  /** An alliance was formed, by any account. First event of its ledger, once; the nonce makes its origin unique. */
  AllianceFormed: {
    v: 1,
    subject: 'alliance',
    public: { timeZone: code(/^[A-Za-z][A-Za-z0-9_/+-]*$/, 40), locale: oneOf('fr', 'en'), nonce: hash() },
    sealed: { name: required(title), purpose: note },
  },
  /** A charter version was drafted, by the facilitator or R(propose). Valid by 3.5; the hash covers both parts. */
  CharterDrafted: {
    v: 1,
    subject: 'alliance',
    public: { ...charterVersion, charter: charterFields },
    sealed: { preamble: long, values: long, collegeLabels: textRecord('title', 10), charterKey: key },
  },
  /** A partner signed a charter version, by R(sign-charter); the hash equals the drafted one. */
  CharterSigned: { v: 1, subject: 'alliance', public: { ...charterVersion }, sealed: {} },
  /** A charter version came into force, automatically; versions 1, 2, 3… without gap. */
  CharterAdopted: { v: 1, subject: 'alliance', public: { ...charterVersion, decisionId: optional(id()) }, sealed: {} },
  /** An organisation was invited, by the facilitator or R(propose); its code is free among memberships not ended. */
  PartnerInvited: {
    v: 1,
    public: { ...partnerIdentity, founding: flag() },
    sealed: { legalName: required(title), contact: note, reason: note },
  },
  /** An invitation ended without admission: by the invitee, the facilitator, or the clock after 90 days. */
  InvitationClosed: {
    v: 1,
    public: { partnerId: id(), cause: oneOf('declined', 'revoked', 'lapsed') },
    sealed: { reason: note },
  },
  /** An invited organisation was admitted: by F or D; without decision only while forming. */
  PartnerAdmitted: { v: 1, public: { partnerId: id(), decisionId: optional(id()) }, sealed: {} },
  /** A partner corrected its details, by R(sign-charter); changes no electorate already stored. `corrects`: id of the entry. */
  PartnerDetailsCorrected: {
    v: 1,
    public: { ...partnerIdentity, corrects: id() },
    sealed: { legalName: required(title) },
    fact: true,
  },
  /** A partner left, by R(sign-charter); it leaves every open electorate in this commit. */
  PartnerWithdrew: { v: 1, public: { partnerId: id() }, sealed: { reason: note } },
  /** A partner was excluded, by D of type exclusion; it leaves every open electorate in this commit. */
  PartnerExcluded: { v: 1, public: { partnerId: id(), decisionId: id() }, sealed: { reason: note } },
  /** A partner gave a person authority (3.3): by R(appoint), F (`restored`), or with the admission. Never to oneself. */
  MandateGranted: {
    v: 1,
    public: {
      mandateId: id(),
      partnerId: id(),
      personRef: id(),
      standing: oneOf('titular', 'substitute'),
      powers: list(oneOf(...POWERS), POWERS.length),
      ceilings: list(amountLine, 50),
      validFrom: day(),
      validTo: optional(day()),
      origin: oneOf('appointed', 'elected-office'),
      adReferendum: flag(),
      sourceHash: optional(document()),
      grantedBy: oneOf('admission', 'partner', 'restored'),
    },
    sealed: { name: title, office: title, contact: note, sourceHashKey: key },
    fact: true,
  },
  /** A mandate passed to a next person, by R(appoint) of the same partner, at the same instant. */
  MandateSucceeded: {
    v: 1,
    public: { endedMandateId: id(), newMandateId: id() },
    sealed: { reason: note },
    fact: true,
  },
  /** A mandate ended: by R(appoint), the person itself, its term, or because the partner left. No act under it afterwards. */
  MandateEnded: {
    v: 1,
    public: { mandateId: id(), cause: oneOf('term', 'revoked', 'resigned', 'partner-left') },
    sealed: { reason: note },
    fact: true,
  },
  /** An active partner has no mandate with take-position left; in the commit that causes it, automatically. */
  PartnerBecameUnrepresented: { v: 1, public: { partnerId: id(), openRounds: list(id(), 200) }, sealed: {} },
  /** A person got procedural powers for a term (3.1): the first by the account that forms, else by D of type facilitator. */
  FacilitatorAppointed: {
    v: 1,
    public: { facilitatorId: id(), personRef: id(), validFrom: day(), validTo: day(), decisionId: optional(id()) },
    sealed: { name: title },
  },
  /** A facilitator's term ended: by F, D, or the clock. `decisionId`: the decision cited, so that the act can be judged again. */
  FacilitatorEnded: {
    v: 1,
    public: { facilitatorId: id(), cause: oneOf('term', 'revoked', 'resigned'), decisionId: optional(id()) },
    sealed: {},
  },
  /** A person got dated read access, by F. */
  AccessGranted: {
    v: 1,
    public: { accessId: id(), role: oneOf('observer', 'auditor'), personRef: id(), validFrom: day(), validTo: day() },
    sealed: { name: title, organisation: title },
  },
  /** An audit was opened, by F or R(propose) of any partner: dated read access to the whole ledger. */
  AuditOpened: {
    v: 1,
    public: { accessId: id(), role: oneOf('auditor'), personRef: id(), validFrom: day(), validTo: day() },
    sealed: { name: title, organisation: title },
  },
  /** Read access ended: by F, R(propose) for an audit, or the clock. */
  AccessEnded: { v: 1, public: { accessId: id() }, sealed: {} },
  /** An auditor filed a report, under an engagement in force. */
  AuditReportFiled: {
    v: 1,
    public: { accessId: id(), fromSeq: int(), toSeq: int(), differences: int(), reportHash: document() },
    sealed: { report: long, reportHashKey: key },
    fact: true,
  },
  /** A version of the territory was defined, by F, or by D of type orientation after the charter's adoption. */
  TerritoryDefined: {
    v: 1,
    subject: 'alliance',
    public: { territoryVersion: int(1), validFrom: day(), codes: list(officialCode, 200), decisionId: optional(id()) },
    sealed: { label: required(title), notes: note },
  },
  /** A dated study with at least one source, by F or R(propose). */
  DiagnosisPublished: {
    v: 1,
    public: { diagnosisId: id(), studiedOn: day(), documentHash: document(), sourceHashes: list(document(), 50) },
    sealed: {
      title: required(title),
      summary: note,
      sources: textList('note', 50),
      documentHashKey: key,
      sourceHashesKey: key,
    },
    fact: true,
  },
  /** An issue of the territory was named, by F or D of type orientation. */
  StakeIdentified: {
    v: 1,
    public: {
      stakeId: id(),
      category: oneOf(...STAKE_CATEGORIES),
      sdg: list(code(/^[0-9]{1,2}(\.[0-9a-z]{1,2})?$/, 5), 20),
      diagnosisId: optional(id()),
      decisionId: optional(id()),
    },
    sealed: { statement: required(note) },
  },
  /** A stake was put aside, by F or D of type orientation. */
  StakeRetired: { v: 1, public: { stakeId: id(), decisionId: optional(id()) }, sealed: {} },
  /** What the alliance wants on one or more stakes, by D of type orientation only. */
  CommonGoalSet: {
    v: 1,
    public: {
      goalId: id(),
      goalVersion: int(1),
      stakeIds: list(id(), 50),
      targetDate: optional(day()),
      decisionId: id(),
    },
    sealed: { statement: required(note) },
  },
  /** What one partner seeks for itself, by its own R(propose) alone. */
  PartnerObjectiveDeclared: {
    v: 1,
    public: { objectiveId: id(), objectiveVersion: int(1), partnerId: id(), goalIds: list(id(), 50) },
    sealed: { statement: required(note) },
  },
  /** A partner withdrew its own objective, by its own R(propose) alone. */
  PartnerObjectiveWithdrawn: { v: 1, public: { objectiveId: id() }, sealed: {} },
  /** A legal entity holds money for the alliance, by D of type carrier with its written consent; at most one at a time. */
  CarrierDesignated: {
    v: 1,
    public: {
      carrierId: id(),
      partnerId: optional(id()),
      ...register,
      consentHash: document(),
      validFrom: day(),
      decisionId: id(),
    },
    sealed: { name: required(title), terms: note, consentHashKey: key },
    fact: true,
  },
  /** The carrier ended: by D, or F with the carrier's notice. */
  CarrierEnded: {
    v: 1,
    public: { carrierId: id(), noticeHash: optional(document()), decisionId: optional(id()) },
    sealed: { noticeHashKey: key },
    fact: true,
  },
  /** The alliance became a legal entity, by D of type structuring; once; the ledger goes on. */
  AllianceStructured: {
    v: 1,
    subject: 'alliance',
    public: {
      legalForm: oneOf('association', 'cooperative', 'gip', 'company', 'foundation', 'other'),
      ...register,
      effectiveFrom: day(),
      statutesHash: document(),
      decisionId: id(),
    },
    sealed: { name: required(title), statutesHashKey: key },
    fact: true,
  },
  /** The alliance ended, by D of type dissolution; last act but audit and erasure. `headHash`: hash of the entry before. */
  AllianceDissolved: {
    v: 1,
    subject: 'alliance',
    public: { decisionId: id(), openCommitments: int(), headHash: hash() },
    sealed: { closingNote: note },
  },
} as const satisfies EventDefinitions;
