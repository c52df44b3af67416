import type { ToldEvent } from '#engine';
import { facts, heading, table } from './document.js';
import type { Block, Cell } from './document.js';
import { delegationTold } from './minutes-delegation.js';
import type { MinutesTelling } from './minutes-telling.js';
import { NONE } from './telling.js';

type Version = ToldEvent<'ProposalVersioned'>;

/** What was proposed, by whom, in which versions; what others proposed instead and advised (part 1, 4.1 and 4.2). */
export function proposed(t: MinutesTelling): readonly Block[] {
  const drafted = t.proposal.first('ProposalDrafted');
  if (!drafted) return [];
  return [
    heading(2, t.say({ fr: 'Ce qui a été proposé', en: 'What was proposed' })),
    ...facts(...origin(t, drafted), ...terms(t), withdrawn(t)),
    heading(3, t.say({ fr: 'Motif', en: 'Driver' })),
    { sort: 'quote', text: t.text(drafted.texts['driver']) },
    ...versions(t),
    ...delegationTold(t, t.proposal.first('ProposalSubmitted')?.data.delegation),
    ...amendments(t),
    ...advice(t),
  ];
}

function origin(t: MinutesTelling, drafted: ToldEvent<'ProposalDrafted'>) {
  const sponsors = t.proposal.all('ProposalSponsored');
  const promoted = t.story.first('AmendmentPromoted', ({ data }) => data.newProposalId === t.facts.proposalId);
  const first = drafted.data.sponsorId === undefined ? [] : [t.partner(drafted.data.sponsorId)];
  const later = sponsors.map((one) => `${t.partner(one.data.partnerId)} (${t.whenAndWhere(one)})`);
  return [
    t.fact({ fr: 'Rédigée par', en: 'Drafted by' }, `${t.actor(drafted)}, ${t.whenAndWhere(drafted)}`),
    t.fact({ fr: 'Née d’un amendement', en: 'Made of an amendment' }, promoted && t.whenAndWhere(promoted)),
    t.fact({ fr: 'Portée par', en: 'Sponsored by' }, [...first, ...later].join(', ') || NONE),
  ];
}

function terms(t: MinutesTelling) {
  const submitted = t.proposal.first('ProposalSubmitted');
  if (!submitted) return [];
  const { data, texts } = submitted;
  const { target, effectiveFrom, reviewOn, expiresOn, supersedes, reviewOf, reviewOutcome, affected, thenType } = data;
  const responsible = t.proposal.all('ResponsibilityAccepted');
  const review = reviewOf && reviewOutcome && `${t.decision(reviewOf)}, ${t.label('reviewOutcome', reviewOutcome)}`;
  const aim = target && `${t.label('target', target.sort)} ${targetOf(t, target)}`;
  return [
    t.fact({ fr: 'Soumise', en: 'Submitted' }, t.whenAndWhere(submitted)),
    t.fact(
      { fr: 'Sujet', en: 'Subject' },
      `${'subjectLabel' in texts ? `${t.text(texts['subjectLabel'])}, ` : ''}${data.subjectKey}`,
    ),
    t.fact({ fr: 'Porte sur', en: 'Is about' }, aim),
    t.fact({ fr: 'Puis décidée comme', en: 'Then decided as' }, thenType && t.label('decisionType', thenType)),
    t.fact({ fr: 'Effet demandé', en: 'Effect asked for' }, effectiveFrom && t.day(effectiveFrom)),
    t.fact({ fr: 'Revue proposée', en: 'Review proposed' }, reviewOn && t.day(reviewOn)),
    t.fact({ fr: 'Dernier jour proposé', en: 'Last day proposed' }, expiresOn && t.day(expiresOn)),
    t.fact(
      { fr: 'Remplace', en: 'Replaces' },
      supersedes.length > 0 ? supersedes.map((id) => t.decision(id)).join(', ') : undefined,
    ),
    t.fact({ fr: 'Revoit la décision', en: 'Reviews the decision' }, review),
    t.fact({ fr: 'Concerne', en: 'Affects' }, affected.length > 0 ? t.partners(affected) : undefined),
    ...responsible.map((one) =>
      t.fact(
        { fr: 'Responsabilité acceptée', en: 'Responsibility accepted' },
        `${t.partner(one.data.partnerId)}, ${t.whenAndWhere(one)}`,
      ),
    ),
  ];
}

function withdrawn(t: MinutesTelling) {
  const [one] = t.proposal.all('ProposalWithdrawn');
  if (!one) return undefined;
  const reason = 'reason' in one.texts ? `${t.colon}${t.text(one.texts['reason'])}` : '';
  return t.fact(
    { fr: 'Retirée', en: 'Withdrawn' },
    `${t.label('cause', one.data.cause)}, ${t.whenAndWhere(one)}${reason}`,
  );
}

function targetOf(
  t: MinutesTelling,
  { sort, id, hash }: NonNullable<ToldEvent<'ProposalSubmitted'>['data']['target']>,
): string {
  if (sort === 'partner' && id !== undefined) return t.partner(id);
  return hash ?? id ?? NONE;
}

/** Each version with its text, what it asks for and under which conditions: the first to the last. */
function versions(t: MinutesTelling): readonly Block[] {
  return t.proposal.all('ProposalVersioned').flatMap((version) => {
    const { data, texts } = version;
    const adopted = data.version === t.facts.decision?.version ? t.say({ fr: ', adoptée', en: ', adopted' }) : '';
    return [
      heading(3, `${t.say({ fr: 'Texte, version', en: 'Text, version' })} ${data.version}${adopted}`),
      { sort: 'quote' as const, text: t.text(texts['text']) },
      ...facts(
        t.fact({ fr: 'Inscrite', en: 'Recorded' }, t.whenAndWhere(version)),
        t.fact({ fr: 'Pourquoi', en: 'Why' }, t.label('cause', data.cause)),
        t.fact({ fr: 'Option', en: 'Option' }, data.optionId && optionOf(t, data.optionId)),
        t.fact({ fr: 'Intègre l’objection de', en: 'Integrates the objection of' }, integrated(t, version)),
        t.fact({ fr: 'Empreinte', en: 'Hash' }, data.textHash),
      ),
      ...asked(t, data.requests),
      ...conditions(t, data.conditions),
    ];
  });
}

/** By the letter that its round gave it, where one was opened. */
function optionOf(t: MinutesTelling, optionId: string): string {
  const options = t.proposal.all('RoundOpened').find(({ data }) => data.options.some((one) => one === optionId));
  return options ? `${t.option(optionId, options.data.options)} (${optionId})` : optionId;
}

function integrated(t: MinutesTelling, { data }: Version): string | undefined {
  const objectors = data.integrates.map((objectionId) =>
    t.story.first('ObjectionRaised', (one) => one.data.objectionId === objectionId),
  );
  return objectors.length === 0 ? undefined : objectors.map((one) => t.partner(one?.data.partnerId)).join(', ');
}

function asked(t: MinutesTelling, requests: Version['data']['requests']): readonly Block[] {
  const head = t.heads(
    { fr: 'Ressource demandée', en: 'Resource asked for' },
    { fr: 'Quantité', en: 'Amount' },
    { fr: 'À qui', en: 'Of whom' },
  );
  const all = t.say({ fr: 'à tous', en: 'all' });
  const rows = requests.map((one): Cell[] => [
    t.label('kind', one.kind),
    t.quantity(one.amount, one),
    one.partnerIds.length === 0 ? all : t.partners(one.partnerIds),
  ]);
  return table(head, rows);
}

function conditions(t: MinutesTelling, all: Version['data']['conditions']): readonly Block[] {
  const head = t.heads(
    { fr: 'Condition préalable', en: 'Condition precedent' },
    { fr: 'Au moins', en: 'At least' },
    { fr: 'Au plus tard', en: 'By' },
  );
  return table(
    head,
    all.map((one) => [t.label('kind', one.kind), t.quantity(one.atLeast, one), t.day(one.by)]),
  );
}

/** Amendments with their texts, and what became of each. */
function amendments(t: MinutesTelling): readonly Block[] {
  return t.proposal.all('AmendmentSubmitted').flatMap((one) => {
    const ends = t.story
      .of(one.data.amendmentId, 'AmendmentAccepted', 'AmendmentRejected', 'AmendmentWithdrawn', 'AmendmentPromoted')
      .map((end) => endOf(t, end));
    return [
      heading(3, `${t.say({ fr: 'Amendement de', en: 'Amendment by' })} ${t.actor(one)}`),
      { sort: 'quote' as const, text: t.text(one.texts['text']) },
      ...facts(
        t.fact({ fr: 'À la version', en: 'To version' }, String(one.data.baseVersion)),
        t.fact({ fr: 'Proposé', en: 'Proposed' }, t.whenAndWhere(one)),
        t.fact({ fr: 'Raison', en: 'Reason' }, t.text(one.texts['reason'])),
        t.fact(
          { fr: 'Suite', en: 'What became of it' },
          ends.join(t.semicolon) || t.say({ fr: 'sans réponse', en: 'no answer' }),
        ),
      ),
    ];
  });
}

function endOf(
  t: MinutesTelling,
  end: ToldEvent<'AmendmentAccepted' | 'AmendmentRejected' | 'AmendmentWithdrawn' | 'AmendmentPromoted'>,
): string {
  const version = end.type === 'AmendmentAccepted' ? ` (version ${end.data.version})` : '';
  const reason = 'reason' in end.texts ? `${t.colon}${t.text(end.texts['reason'])}` : '';
  return `${t.label('event', end.type)}${version}, ${t.actor(end)}, ${t.whenAndWhere(end)}${reason}`;
}

/** Advice asked, of whom and why, given, and how it was followed (part 1, 4.5, M9). */
function advice(t: MinutesTelling): readonly Block[] {
  const told = t.proposal.all('AdviceRequested').flatMap((one) => {
    const [given] = t.story.of(one.data.adviceId, 'AdviceGiven');
    const [answered] = t.story.of(one.data.adviceId, 'AdviceAnswered');
    return [
      heading(3, `${t.say({ fr: 'Avis de', en: 'Advice of' })} ${t.partner(one.data.partnerId)}`),
      ...facts(
        t.fact(
          { fr: 'Demandé', en: 'Asked' },
          `${t.actor(one)}, ${t.label('because', one.data.because)}, ${t.whenAndWhere(one)}`,
        ),
        t.fact({ fr: 'Attendu jusqu’au', en: 'Awaited until' }, t.moment(one.data.windowEnds)),
        t.fact({ fr: 'Question', en: 'Question' }, t.text(one.texts['question'])),
        t.fact({ fr: 'Donné', en: 'Given' }, given ? t.whenAndWhere(given) : t.say({ fr: 'non', en: 'no' })),
      ),
      ...(given ? [{ sort: 'quote' as const, text: t.text(given.texts['text']) }] : []),
      ...facts(
        t.fact(
          { fr: 'Suite donnée', en: 'Follow-up' },
          answered && `${t.label('followUp', answered.data.followUp)}, ${t.whenAndWhere(answered)}`,
        ),
        t.fact({ fr: 'Explication', en: 'Explanation' }, answered && t.text(answered.texts['text'])),
      ),
    ];
  });
  const taken = t.proposal.first('AdviceDecisionTaken');
  const decided = facts(
    t.fact(
      { fr: 'Décidée après avis', en: 'Decided after advice' },
      taken && `version ${taken.data.version}, ${t.actor(taken)}, ${t.whenAndWhere(taken)}`,
    ),
  );
  return [...told, ...decided];
}
