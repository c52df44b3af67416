import { completeCharter } from '#alliance';
import { commandDefinition } from '#contracts';
import type { ArgumentInput, ArgumentsOf, CommandName, Fields, SealedValue } from '#contracts';
import { canonicalJson, hmacSha256 } from '#kernel';
import type { Hash, Id, Json } from '#kernel';
import { seal } from '#ledger';
import type { Entropy } from '#ledger';

/** What preparing needs beside the input: fresh keys, and the key under which a proposal's texts are hashed. */
export interface Preparation {
  readonly entropy: Entropy;
  /** The `textKey` of the proposal's first version; nothing when there is none, or when it was erased. */
  readonly textKeyOf: (proposalId: Id) => Promise<string | undefined>;
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
  if (name === 'SubmitProposal' || name === 'ReviseProposal') await versionHash(args, texts, preparation);
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

async function versionHash(
  args: Record<string, unknown>,
  texts: Record<string, Json>,
  { entropy, textKeyOf }: Preparation,
): Promise<void> {
  const key = (await textKeyOf(args['proposalId'] as Id)) ?? entropy.key();
  const [requests, conditions] = [args['requests'] ?? [], args['conditions'] ?? []] as [Json, Json];
  const content = { text: texts['text'] ?? '', requests, conditions };
  args['textHash'] = textHash(key, content);
  texts['textKey'] = key;
}
