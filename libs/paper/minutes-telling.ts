import type { MinutesAnswer, ToldEvent } from '#engine';
import type { Hash, Id } from '#kernel';
import { STATUS_QUO } from '#deliberation';
import type { Language, Texts } from '#words';
import { openedText } from './sealed-texts.js';
import type { TextsGiven } from './sealed-texts.js';
import { Story } from './story.js';
import { Telling } from './telling.js';

/** What minutes tell, with sealed texts opened where they still exist. */
export interface MinutesFacts extends MinutesAnswer, TextsGiven {
  /** The last entry that the minutes know of. */
  readonly knownAt: number;
}

/** How minutes name people, options, decisions and entries. */
export class MinutesTelling extends Telling {
  readonly story: Story;

  constructor(
    readonly facts: MinutesFacts,
    language: Language,
  ) {
    super(facts, language);
    this.story = new Story(facts.events);
  }

  /** The events of the proposal itself, not of proposals to review its decision. */
  get proposal(): Story {
    const { proposalId, events } = this.facts;
    return new Story(events.filter(({ data }) => 'proposalId' in data && data.proposalId === proposalId));
  }

  /** A line of a list of things: a name, and a value told. */
  fact(name: Texts, value: string | undefined): readonly [string, string] | undefined {
    return value === undefined ? undefined : [this.say(name), value];
  }

  heads(...texts: readonly Texts[]): readonly string[] {
    return texts.map((text) => this.say(text));
  }

  entry({ seq }: Pick<ToldEvent, 'seq'>): string {
    return `seq ${String(seq)}`;
  }

  /** When something happened: what came due, at its own instant. */
  when({ at, dueAt }: Pick<ToldEvent, 'at' | 'dueAt'>): string {
    return this.moment(dueAt ?? at);
  }

  whenAndWhere(event: Pick<ToldEvent, 'at' | 'dueAt' | 'seq'>): string {
    return `${this.when(event)}, ${this.entry(event)}`;
  }

  /** Whose act it was. */
  actor({ actor }: Pick<ToldEvent, 'actor'>): string {
    return actor.kind === 'representative' ? this.partner(actor.partner) : this.label('actor', actor.kind);
  }

  /** Who holds a mandate: name and office, for its partner. */
  person(mandateId: Id): string {
    const { partnerId, name, office } = this.facts.people[mandateId] ?? {};
    const known = name === undefined ? `${this.say({ fr: 'mandat', en: 'mandate' })} ${mandateId}` : this.text(name);
    const as = [openedText(office ?? null), partnerId && this.partner(partnerId)].filter(Boolean);
    return as.length === 0 ? known : `${known} (${as.join(', ')})`;
  }

  /** An option by its letter in the order of the round. */
  option(optionId: string, options: readonly string[]): string {
    if (optionId === STATUS_QUO) return this.say({ fr: 'statu quo', en: 'status quo' });
    return `${this.say({ fr: 'option', en: 'option' })} ${String.fromCharCode(65 + options.indexOf(optionId))}`;
  }

  /** A college by its label in the charter; by its id where it has none. */
  college(collegeId: Id, charterHash: Hash): string {
    const labels = this.facts.colleges[charterHash];
    return typeof labels === 'object' ? (labels[collegeId] ?? collegeId) : collegeId;
  }

  /** A decision by the entry that adopted it. */
  decision(decisionId: Id): string {
    const adopted = this.story.first('DecisionAdopted', ({ data }) => data.decisionId === decisionId);
    return adopted ? `${this.entry(adopted)} (${decisionId})` : decisionId;
  }

  yesOrNo(is: boolean): string {
    return is ? this.say({ fr: 'oui', en: 'yes' }) : this.say({ fr: 'non', en: 'no' });
  }
}
