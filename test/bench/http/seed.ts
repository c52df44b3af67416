import { SqliteIdentityStore } from '#identity';
import type { IdentityStore } from '#identity';
import { join } from 'node:path';
import { STATEMENT } from '../rules.js';
import { Connection } from './connection.js';
import type { Target } from './load.js';

const LANES = 8;
const IDENTITY_FILE = 'identity.sqlite';

/** The body of a `DeclarePartnerObjective`. */
export const BODY = JSON.stringify({ goalIds: [], statement: STATEMENT });

interface Receipt {
  readonly alliance: string;
  readonly events: readonly { readonly data: { readonly partnerId: string } }[];
}

/** Forms alliances through the API, each with one partner whose representative may declare objectives. */
export async function seed(folder: string, port: number, alliances: number): Promise<readonly Target[]> {
  const identity = new SqliteIdentityStore(join(folder, IDENTITY_FILE));
  const targets = await seedWith(identity, port, alliances);
  identity.close();
  return targets;
}

/** The same on a server that looks people up elsewhere. */
export async function seedWith(identity: IdentityStore, port: number, alliances: number): Promise<readonly Target[]> {
  const targets: Target[] = [];
  let given = 0;
  const lane = async () => {
    const founder = (await identity.createToken((await identity.createAccount('founder')).id)).token;
    const line = await Connection.to(port);
    while (given++ < alliances) targets.push(await formed(line, founder, identity));
    line.close();
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return targets;
}

async function formed(line: Connection, founder: string, identity: IdentityStore): Promise<Target> {
  const { token, personRef } = await identity.createToken((await identity.createAccount('member')).id);
  const today = new Date().toISOString().slice(0, 10);
  const facilitator = { name: 'F', validFrom: today, validTo: `${String(Number(today.slice(0, 4)) + 1)}-01-01` };
  const forming = { name: 'Bench', timeZone: 'Europe/Paris', locale: 'fr', facilitator };
  const { alliance } = await post(line, founder, '/v1/alliances', forming);
  const partners = `/v1/alliances/${alliance}/partners`;
  const invited = await post(line, founder, partners, { kind: 'company', registerScheme: 'none', legalName: 'P' });
  const path = `${partners}/${invited.events[0]?.data.partnerId ?? ''}`;
  const mandate = { personRef, powers: ['speak', 'propose'], validFrom: today, name: 'M' };
  await post(line, founder, `${path}/admission`, { mandate });
  return { path: `${path}/objectives`, token };
}

let keys = 0;
async function post(line: Connection, token: string, path: string, body: object): Promise<Receipt> {
  const headers = `authorization: Bearer ${token}\r\nidempotency-key: seed-${String(keys++)}\r\n`;
  const answer = await line.ask('POST', path, headers, JSON.stringify(body));
  if (answer.status >= 300) throw new Error(`${answer.head}\n${answer.body}`);
  return JSON.parse(answer.body) as Receipt;
}
