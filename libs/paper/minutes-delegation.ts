import type { ToldEvent } from '#engine';
import { facts, heading, section, table } from './document.js';
import type { Block } from './document.js';
import type { MinutesTelling } from './minutes-telling.js';

type Delegation = ToldEvent<'ProposalSubmitted'>['data']['delegation'];
type Act = ToldEvent<'DelegatedDecisionTaken'>;

/** What delegates decided: who signed, by which decision, within which limits (part 1, 4.5, M11). */
export function delegatedAct(t: MinutesTelling): readonly Block[] {
  const { decision } = t.facts;
  const act = t.story.first(
    'DelegatedDecisionTaken',
    ({ seq, data }) => seq === decision?.seq && data.enablingId === decision.enablingId,
  );
  if (!act) return [];
  const limits = t.story.first('ProposalSubmitted', ({ data }) => data.delegation !== undefined)?.data.delegation;
  return [
    heading(2, t.say({ fr: 'Ce que les délégués ont décidé', en: 'What the delegates decided' })),
    { sort: 'quote', text: t.text(act.texts['text']) },
    ...facts(
      t.fact({ fr: 'Décision qui délègue', en: 'Enabling decision' }, t.decision(act.data.enablingId)),
      t.fact({ fr: 'Sujet', en: 'Subject' }, act.data.subjectKey),
      t.fact({ fr: 'Signée par', en: 'Signed by' }, signers(t, act)),
      t.fact({ fr: 'Le', en: 'At' }, t.whenAndWhere(act)),
    ),
    ...amounts(t, act.data.amounts),
    ...delegationTold(t, limits),
  ];
}

/** What a decision lets delegates decide. */
export function delegationTold(t: MinutesTelling, delegation: Delegation): readonly Block[] {
  if (!delegation) return [];
  const { delegates, needs, subjects, ceilings, validUntil } = delegation;
  const all = t.say({ fr: 'tous ensemble', en: 'all together' });
  return [
    heading(3, t.say({ fr: 'Délégation', en: 'Delegation' })),
    ...facts(
      t.fact({ fr: 'Délégués', en: 'Delegates' }, t.partners(delegates)),
      t.fact({ fr: 'Signatures exigées', en: 'Signatures needed' }, needs === undefined ? all : String(needs)),
      t.fact({ fr: 'Sujets', en: 'Subjects' }, subjects.join(', ')),
      t.fact({ fr: 'Jusqu’au', en: 'Until' }, t.day(validUntil)),
    ),
    ...table(
      t.heads({ fr: 'Ressource', en: 'Resource' }, { fr: 'Plafond', en: 'Ceiling' }),
      ceilings.map((one) => [t.label('kind', one.kind), t.quantity(one.amount, one)]),
    ),
  ];
}

/** Acts that delegates made under this decision. */
export function actsUnder(t: MinutesTelling): readonly Block[] {
  const acts = t.story
    .all('DelegatedDecisionTaken')
    .filter(({ data }) => data.enablingId === t.facts.decision?.decisionId);
  const head = t.heads(
    { fr: 'Le', en: 'At' },
    { fr: 'Signé par', en: 'Signed by' },
    { fr: 'Montants', en: 'Amounts' },
    { fr: 'Texte', en: 'Text' },
  );
  const rows = acts.map((act) => [
    t.whenAndWhere(act),
    signers(t, act),
    act.data.amounts.map((one) => `${t.quantity(one.amount, one)} (${t.label('kind', one.kind)})`),
    t.text(act.texts['text']),
  ]);
  return section(
    heading(3, t.say({ fr: 'Décisions prises par les délégués', en: 'Decisions taken by the delegates' })),
    table(head, rows),
  );
}

function signers(t: MinutesTelling, { data }: Act): string {
  return data.signedBy.map((mandate) => t.person(mandate)).join(t.semicolon);
}

function amounts(t: MinutesTelling, all: Act['data']['amounts']): readonly Block[] {
  return table(
    t.heads({ fr: 'Ressource', en: 'Resource' }, { fr: 'Montant', en: 'Amount' }),
    all.map((one) => [t.label('kind', one.kind), t.quantity(one.amount, one)]),
  );
}
