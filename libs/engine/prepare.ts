import { completeCharter } from '#alliance';
import { commandDefinition } from '#contracts';
import type { ArgumentInput, ArgumentsOf, CommandName, Fields, SealedValue } from '#contracts';
import { canonicalJson, hmacSha256 } from '#kernel';
import type { Hash, Id, Json } from '#kernel';
import { seal } from '#ledger';
import type { Entropy } from '#ledger';
import type { State } from './state.js';

/** What preparing needs beside the input: fresh keys, and the key under which a proposal's texts are hashed. */
export interface Preparation {
  readonly entropy: Entropy;
  /** The `textKey` of the proposal's first version; nothing when there is none, or when it was erased. */
  readonly textKeyOf: (proposalId: Id) => Promise<string | undefined>;
  /** The sealed text of an amendment and its key; nothing when there is none, or when it was erased. */
  readonly amendedTextOf: (amendmentId: Id) => Promise<AmendedText | undefined>;
  /** The state at the head: versions there are for ever, so that one read earlier serves as well. */
  readonly state: () => Promise<State | undefined>;
}

export interface AmendedText {
  readonly text: Json;
  readonly textKey: string;
}

/** The preparation of a command that goes on from no text of the ledger. */
export function preparationWith(entropy: Entropy): Preparation {
  const nothing = () => Promise.resolve(undefined);
  return { entropy, textKeyOf: nothing, amendedTextOf: nothing, state: nothing };
}

/**
 * Turns read arguments into those of the decision: computes the hashes of sealed text and documents under their keys
 * (architecture 4.1) and wraps every text, so that the decision passes it on unseen.
 */
export async function prepareCommand<N extends CommandName>(
  name: N,
  input: ArgumentInput,
  preparation: Preparation,
): Promise<ArgumentsOf<N>> {
  const { public: fields, parts = {} } = commandDefinition(name);
  const keys = new Map<string, string>();
  const args: Record<string, unknown> = { ...saltDocuments(fields, input.public, preparation.entropy, keys) };
  const texts: Record<string, Json> = { ...input.sealed, ...Object.fromEntries(keys) };
  if (name === 'DraftCharter') draftHash(args, texts, preparation.entropy);
  await addTextHash(name, { args, texts }, preparation);
  for (const part of Object.keys(parts)) {
    const given = input.parts[part];
    if (given) args[part] = { ...given.public, sealed: sealAll(given.sealed) };
  }
  if (input.occurredOn !== undefined) args['occurredOn'] = input.occurredOn;
  return { ...args, sealed: sealAll(texts) } as unknown as ArgumentsOf<N>;
}

function sealAll(texts: Readonly<Record<string, Json>>): Record<string, SealedValue> {
  return Object.fromEntries(Object.entries(texts).map(([name, payload]) => [name, seal(payload)]));
}

/** The salted form of each document hash; its key becomes the sealed value `<field>Key`. */
function saltDocuments(
  fields: Fields,
  values: Readonly<Record<string, unknown>>,
  entropy: Entropy,
  keys: Map<string, string>,
): Record<string, unknown> {
  const salted: Record<string, unknown> = { ...values };
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || !holdsDocument(fields[name])) continue;
    const key = entropy.key();
    keys.set(`${name}Key`, key);
    salted[name] = Array.isArray(value)
      ? value.map((hash) => documentHash(key, String(hash)))
      : documentHash(key, value as Hash);
  }
  return salted;
}

function holdsDocument(field: Fields[string] | undefined): boolean {
  if (field?.is === 'optional' || field?.is === 'list') return holdsDocument(field.of);
  return field?.is === 'document';
}

/** What the ledger holds of a document: HMAC-SHA-256 under its key over its SHA-256 in base64. */
export function documentHash(key: string, sha256OfDocument: Hash): Hash {
  return hmacSha256(key, `collegium-document/v1\n${sha256OfDocument}`);
}

/** Over the public rules and the sealed texts of a charter, under a key of that draft. */
export function charterHash(key: string, content: { charter: Json; texts: Readonly<Record<string, Json>> }): Hash {
  return hmacSha256(key, `collegium-charter/v1\n${canonicalJson({ ...content.texts, charter: content.charter })}`);
}

/** Over the text and the requests and conditions that belong to it, under one key per proposal. */
export function textHash(key: string, content: { text: Json; requests: Json; conditions: Json }): Hash {
  return hmacSha256(key, `collegium-text/v1\n${canonicalJson(content)}`);
}

function draftHash(args: Record<string, unknown>, texts: Record<string, Json>, entropy: Entropy): void {
  const charter = completeCharter(args['charter'] ?? {});
  const key = entropy.key();
  args['charter'] = charter;
  args['charterHash'] = charterHash(key, { charter: charter, texts: { ...texts } });
  texts['charterKey'] = key;
}

interface Prepared {
  readonly args: Record<string, unknown>;
  readonly texts: Record<string, Json>;
}

/** Every text that is decided on has its hash, under one key for all texts of one proposal. */
async function addTextHash(name: CommandName, prepared: Prepared, preparation: Preparation): Promise<void> {
  const { args } = prepared;
  switch (name) {
    case 'SubmitProposal':
    case 'ReviseProposal':
      await hashText(prepared, preparation, contentOf(args));
      break;
    case 'SubmitAmendment':
      await hashText(prepared, preparation, await baseOf(args, preparation));
      break;
    case 'TakeDelegatedDecision':
      await hashText(prepared, preparation, { requests: args['amounts'] ?? [], conditions: [] });
      break;
    case 'AcceptAmendment':
      await takeAmended(prepared, preparation);
      break;
    case 'PromoteAmendment':
      await takeAmended(prepared, preparation);
      await hashText(prepared, preparation, contentOf(args));
      break;
    default:
  }
}

/** What belongs to a text: the requests and conditions that are decided with it. */
interface Content {
  readonly requests: unknown;
  readonly conditions: unknown;
}

function contentOf(args: Readonly<Record<string, unknown>>): Content {
  return { requests: args['requests'] ?? [], conditions: args['conditions'] ?? [] };
}

/** An amendment changes the text alone: what else its version holds is that of the version that it amends. */
async function baseOf(args: Readonly<Record<string, unknown>>, { state }: Preparation): Promise<Content> {
  const proposal = (await state())?.deliberation.proposals.get(args['proposalId'] as Id);
  const base = proposal?.versions.find(({ version }) => version === args['baseVersion']);
  const requests = base?.requests.map(({ requestId: _made, ...request }) => request);
  return { requests: requests ?? [], conditions: base?.conditions ?? [] };
}

/** The text of an amendment goes on from where it was sealed, so that nobody types it again. */
async function takeAmended({ args, texts }: Prepared, { amendedTextOf }: Preparation): Promise<void> {
  Object.assign(texts, await amendedTextOf(args['amendmentId'] as Id));
}

/** A text without proposal, or the first of one, has a fresh key. */
async function hashText(
  { args, texts }: Prepared,
  { entropy, textKeyOf }: Preparation,
  { requests, conditions }: Content,
): Promise<void> {
  const { text } = texts;
  if (text === undefined) return;
  const proposalId = args['proposalId'] as Id | undefined;
  const key = (proposalId && (await textKeyOf(proposalId))) ?? entropy.key();
  args['textHash'] = textHash(key, { text, requests: requests as Json, conditions: conditions as Json });
  texts['textKey'] = key;
}
