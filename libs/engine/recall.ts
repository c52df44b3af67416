import { commandDefinition, definitionOf } from '#contracts';
import type { ArgumentsOf, CommandName, DomainEvent, EventType, SealedValues } from '#contracts';
import type { Json } from '#kernel';

/** Where the arguments of a command stand in the events that it recorded, if not in the first event under their names. */
interface Recall {
  readonly from?: Readonly<Record<string, { readonly type: EventType; readonly field: string }>>;
  readonly parts?: Readonly<Record<string, EventType>>;
  /** An id that the command takes for an existing object and makes for a new one: the events look alike. */
  readonly givenOrMade?: string;
}

const RECALL: Partial<Record<CommandName, Recall>> = {
  FormAlliance: { parts: { facilitator: 'FacilitatorAppointed' } },
  AdmitPartner: { parts: { mandate: 'MandateGranted' } },
  SucceedMandate: {
    from: { mandateId: { type: 'MandateSucceeded', field: 'endedMandateId' } },
    parts: { mandate: 'MandateGranted' },
  },
  InvitePartner: { givenOrMade: 'partnerId' },
  SetCommonGoal: { givenOrMade: 'goalId' },
  DeclarePartnerObjective: { givenOrMade: 'objectiveId' },
  SubmitProposal: {
    givenOrMade: 'subjectKey',
    from: {
      requests: { type: 'ProposalVersioned', field: 'requests' },
      textHash: { type: 'ProposalVersioned', field: 'textHash' },
    },
  },
  TakePosition: { parts: { objection: 'ObjectionRaised' } },
  RecordPositionOnBehalf: { parts: { objection: 'ObjectionRaised' } },
  FileLateObjection: { parts: { reviewRequest: 'ReviewRequested' } },
  AdoptObjection: { from: { objectionId: { type: 'ObjectionAdopted', field: 'objectionId' } } },
};

/**
 * The arguments that a recorded command had, read back from its own events: public fields as they are, sealed ones as
 * present or absent. With them the decision can be made again, years later, from the ledger alone. Two readings when
 * an id may have been given or made: the record is right when one of them gives it.
 */
export function recallArguments<N extends CommandName>(name: N, events: readonly DomainEvent[]): ArgumentsOf<N>[] {
  const { fact } = commandDefinition(name);
  const recall: Recall = (RECALL as Readonly<Record<string, Recall | undefined>>)[name] ?? {};
  const occurredOn = fact ? events.find((one) => one.occurredOn !== undefined)?.occurredOn : undefined;
  const sealed: SealedValues = Object.assign({}, ...events.map((one) => one.sealed ?? {})) as SealedValues;
  const given = {
    ...fieldsOf(name, recall, events),
    ...partsOf(name, recall, events),
    ...(occurredOn === undefined ? {} : { occurredOn }),
    sealed,
  };
  const { givenOrMade } = recall;
  const made = givenOrMade === undefined ? [] : [{ ...given, [givenOrMade]: undefined }];
  return [given, ...made] as unknown as ArgumentsOf<N>[];
}

type Recalled = Readonly<Record<string, unknown>>;

function fieldsOf(name: CommandName, { from }: Recall, events: readonly DomainEvent[]): Recalled {
  const { public: fields, computed = {}, signatures } = commandDefinition(name);
  const names = [...Object.keys(fields), ...Object.keys(computed), ...(signatures ? [signatures] : [])];
  const found = names.map((field) => {
    const source = from?.[field];
    const value = source ? valueIn(events, source.type, source.field) : anyValue(events, field);
    return [field, field === 'requests' && value !== undefined ? withoutIds(value) : value] as const;
  });
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

function partsOf(name: CommandName, recall: Recall, events: readonly DomainEvent[]): Recalled {
  const found = Object.keys(commandDefinition(name).parts ?? {}).map((part) => {
    const event = events.find((one) => one.type === recall.parts?.[part]);
    return [part, event && { ...dataOf(event), sealed: event.sealed ?? {} }] as const;
  });
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

function dataOf(event: DomainEvent): Readonly<Record<string, unknown>> {
  return event.data;
}

function valueIn(events: readonly DomainEvent[], type: EventType, field: string): unknown {
  const event = events.find((one) => one.type === type);
  return event && dataOf(event)[field];
}

/** The value of the first event whose definition has the field; its absence there is the argument's absence. */
function anyValue(events: readonly DomainEvent[], field: string): unknown {
  const event = events.find((one) => Object.hasOwn(definitionOf(one.type).public, field));
  return event && dataOf(event)[field];
}

/** Requests as a client sends them: their ids were made by the command. */
function withoutIds(requests: unknown): Json {
  return (requests as readonly Record<string, Json>[]).map(({ requestId: _made, ...request }) => request);
}
