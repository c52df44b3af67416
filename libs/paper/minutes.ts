import type { Language } from '#words';
import { chronology } from './chronology.js';
import { facts, heading, section } from './document.js';
import type { Block, Page } from './document.js';
import { decisionLife } from './minutes-life.js';
import { delegatedAct } from './minutes-delegation.js';
import { proposed } from './minutes-proposal.js';
import { roundTold } from './minutes-round.js';
import { MinutesTelling } from './minutes-telling.js';
import type { MinutesFacts } from './minutes-telling.js';

export type { MinutesFacts } from './minutes-telling.js';

/**
 * The minutes of a decision, or of a proposal that became none, from events only: what was proposed, who was asked under
 * which charter, who answered what, objections and how they ended, result and arithmetic, what became of it, dates, `seq`
 * and hashes. A text that is not there says whether it was never written, erased, or not given (part 1, section 4).
 */
export function minutes(about: MinutesFacts, language: Language): Page {
  const t = new MinutesTelling(about, language);
  const rounds = t.proposal.all('RoundOpened');
  return {
    language,
    title: `${t.say({ fr: 'Procès-verbal : ', en: 'Minutes: ' })}${titleOf(t)}`,
    blocks: [
      ...identity(t),
      ...delegatedAct(t),
      ...proposed(t),
      ...rounds.flatMap((round) => roundTold(t, round)),
      ...decisionLife(t),
      ...chronology(t),
      ...verifying(t),
    ],
  };
}

function titleOf(t: MinutesTelling): string {
  const drafted = t.proposal.first('ProposalDrafted');
  if (drafted) return t.text(drafted.texts['title']);
  return t.say({ fr: 'décision prise par délégation', en: 'decision taken by delegation' });
}

function identity(t: MinutesTelling): readonly Block[] {
  const { decision, timeZone, proposalId } = t.facts;
  const zone = t.fact({ fr: 'Heures de', en: 'Hours of' }, timeZone);
  const alliance = t.fact({ fr: 'Alliance', en: 'Alliance' }, t.alliance());
  if (!decision) {
    const notDecided = t.say({
      fr: 'À ce jour, cette proposition n’a pas donné de décision.',
      en: 'So far, this proposal has become no decision.',
    });
    const about = facts(alliance, t.fact({ fr: 'Proposition', en: 'Proposal' }, proposalId ?? undefined), zone);
    return [...about, { sort: 'paragraph', text: notDecided }];
  }
  const adopted = t.story.first('DecisionAdopted', ({ data }) => data.decisionId === decision.decisionId);
  const about = facts(
    alliance,
    t.fact({ fr: 'Nature', en: 'Type' }, t.label('decisionType', decision.decisionType)),
    t.fact({ fr: 'Méthode', en: 'Method' }, t.label('method', decision.method)),
    t.fact({ fr: 'Adoptée', en: 'Adopted' }, adopted ? t.when(adopted) : t.day(decision.adoptedOn)),
    t.fact({ fr: 'Effet à partir du', en: 'In effect from' }, t.day(decision.effectiveFrom)),
    t.fact({ fr: 'Revue le', en: 'Review on' }, t.day(decision.reviewOn)),
    t.fact({ fr: 'Dernier jour', en: 'Last day' }, t.day(decision.expiresOn)),
    t.fact({ fr: 'État', en: 'State' }, t.label('status', decision.status)),
    t.fact({ fr: 'Responsables', en: 'Responsible' }, t.partners(decision.responsible)),
    t.fact({ fr: 'Décision', en: 'Decision' }, decision.decisionId),
    t.fact({ fr: 'Inscription', en: 'Entry' }, adopted ? `${t.entry(adopted)}, ${adopted.hash}` : t.entry(decision)),
    t.fact({ fr: 'Empreinte du texte', en: 'Hash of the text' }, adopted?.data.textHash),
    zone,
  );
  return section(heading(2, t.say({ fr: 'La décision', en: 'The decision' })), about);
}

function verifying(t: MinutesTelling): readonly Block[] {
  const { knownAt } = t.facts;
  return [
    heading(2, t.say({ fr: 'Vérifier', en: 'Verify' })),
    {
      sort: 'paragraph',
      text: t.say({
        fr: `Ce procès-verbal est tiré du registre tel qu’il était à l’inscription ${knownAt}. Avec une copie du registre, « collegium verify » recalcule chaque résultat, et « collegium show snapshot » donne les données de chaque tour.`,
        en: `These minutes are made from the ledger as it stood at entry ${knownAt}. With a copy of the ledger, "collegium verify" computes every result again, and "collegium show snapshot" gives the data of each round.`,
      }),
    },
  ];
}
