import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClosedResult } from './load.js';

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  readonly startTime: number;
}

/** The part of the program that a file belongs to; the first that matches. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/libs\/contracts\/(argument|validate)|class-validator|node_modules\/validator/, 'argument reading'],
  [/libs\/kernel\/canonical-json/, 'canonical JSON'],
  [/libs\/kernel\/(hashes|ids)|libs\/ledger\/fingerprint/, 'hashing and ids'],
  [/libs\/(views|[^/]+\/views\/|alliance\/views|engine\/.*view)/, 'projector and its SQLite'],
  [/libs\/(alliance|deliberation|contribution|engine|kernel|contracts)\//, 'decision and fold'],
  [/libs\/ledger-sqlite\//, 'SQLite of the ledger, and its thread'],
  [/libs\/ledger\//, 'append loop, entry making'],
  [/libs\/identity\/|node_modules\/passport/, 'identity'],
  [/libs\/http\/(json|body)-gate/, 'JSON gate'],
  [/libs\/http\/|apps\//, 'HTTP of ours (door, guard, receipt, headers)'],
  [/node_modules\//, 'Nest, Fastify and Node HTTP'],
];
const FRAMEWORK = 'Nest, Fastify and Node HTTP';

/** Shares of the processor time of all threads of the profiles, inside the window of a load, largest first. */
export async function partsOf(
  folder: string,
  { startNs, endNs }: ClosedResult,
): Promise<readonly { readonly part: string; readonly share: number }[]> {
  const window = { from: Number(BigInt(startNs) / 1_000n), to: Number(BigInt(endNs) / 1_000n) };
  const total = new Map<string, number>();
  for (const file of await readdir(folder)) {
    addProfile(total, JSON.parse(await readFile(join(folder, file), 'utf8')) as Profile, window);
  }
  const sum = [...total.values()].reduce((all, us) => all + us, 0);
  return [...total].map(([part, us]) => ({ part, share: us / sum })).sort((a, b) => b.share - a.share);
}

function addProfile(total: Map<string, number>, profile: Profile, window: { from: number; to: number }): void {
  const parts = partsOfNodes(profile.nodes);
  let at = profile.startTime;
  profile.samples.forEach((id, index) => {
    const us = profile.timeDeltas[index] ?? 0;
    at += us;
    const part = parts.get(id);
    if (part !== undefined && at >= window.from && at <= window.to) total.set(part, (total.get(part) ?? 0) + us);
  });
}

/** Time of a native or Node function counts for the part that called it; idle time for none. */
function partsOfNodes(nodes: readonly Node[]): ReadonlyMap<number, string | undefined> {
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)));
  return new Map(nodes.map((node) => [node.id, partOf(node, parents)]));
}

function partOf(node: Node, parents: ReadonlyMap<number, Node>): string | undefined {
  const { functionName } = node.callFrame;
  if (functionName === '(idle)') return undefined;
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(program)') return 'native code outside JavaScript (sockets, parser, flushes)';
  for (let frame: Node | undefined = node; frame; frame = parents.get(frame.id)) {
    const { url } = frame.callFrame;
    const found = PARTS.find(([pattern]) => pattern.test(url));
    if (found) return found[1];
  }
  return FRAMEWORK;
}
