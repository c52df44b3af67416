import { event, events } from '#contracts';
import type { DomainEvent, Field } from '#contracts';
import { sha256 } from '#kernel';
import { seal } from '#ledger';
import { MemoryViewStore } from '#views-memory';
import { objectKey, objects, objectTag, MAX_ACTS } from './objects.js';
import type { ObjectDoc } from './objects.js';
import { Projector } from './projector.js';
import {
  acknowledged,
  admitted,
  declared,
  ManualTimer,
  rowsIn,
  rowsOf,
  ToyLedger,
  toyHistory,
  toyId,
} from './testing/index.js';

const partnerId = toyId('partner', 1);
const invited = event(
  'PartnerInvited',
  { partnerId, kind: 'association', registerScheme: 'none', founding: true },
  { sealed: { legalName: seal('Les Voisins'), reason: undefined } },
);
const corrected = (kind: 'company' | 'academic', occurredOn: string) =>
  event(
    'PartnerDetailsCorrected',
    { partnerId, kind, registerScheme: 'none', corrects: toyId('entry', 1) },
    { occurredOn, sealed: { legalName: seal('Voisins') } },
  );
const positionId = toyId('position', 1);
const objectionId = toyId('objection', 1);
const roundId = toyId('round', 1);

const shown = async (...history: readonly DomainEvent[]) => {
  const ledger = new ToyLedger();
  const alliance = ledger.form(1);
  for (const one of history) ledger.append(alliance, one);
  const store = new MemoryViewStore();
  const projector = new Projector({ store, source: ledger, projections: [objects], timer: new ManualTimer() });
  await projector.sweep();
  await projector.idle();
  expect(await store.listParked(1)).toEqual([]);
  expect(await rowsIn(store, alliance, [objects])).toEqual(await rowsOf(ledger, alliance, [objects]));
  const get = async (collection: string, id: string) =>
    (await store.get(alliance, 'objects', objectKey(collection, id)))?.doc as ObjectDoc | undefined;
  return { alliance, store, get };
};

describe('objects', () => {
  it('have one row each, with their data, texts and acts', async () => {
    const { get, store, alliance } = await shown(invited, admitted(1), admitted(2));
    expect(await get('partners', partnerId)).toMatchObject({
      id: partnerId,
      collection: 'partners',
      createdSeq: 1,
      lastSeq: 2,
      data: { partnerId, kind: 'association', registerScheme: 'none', founding: true },
      texts: { legalName: { seq: 1, event: 0 } },
      acts: [
        { type: 'PartnerInvited', seq: 1 },
        { type: 'PartnerAdmitted', seq: 2 },
      ],
    });
    expect(await store.list(alliance, 'objects', { prefix: 'partners/' }, { limit: 10 })).toHaveLength(2);
    const tag = objectTag('partners', 'kind', 'association');
    expect(await store.list(alliance, 'objects', { tag }, { limit: 10 })).toHaveLength(1);
    expect(await get('alliances', alliance)).toMatchObject({ data: { locale: 'fr' }, lastSeq: 0 });
  });

  it('take a field from the event that is last in effective days', async () => {
    const early = corrected('academic', '2026-02-20');
    const { get } = await shown(corrected('company', '2026-03-01'), early);
    expect(await get('partners', partnerId)).toMatchObject({
      lastSeq: 2,
      data: { kind: 'company' },
      texts: { legalName: { seq: 1 } },
    });
  });

  it('keep their own amount beside what was acknowledged of it', async () => {
    const { get } = await shown(declared(1, 5), acknowledged(1, 3));
    const doc = await get('contributions', toyId('contribution', 1));
    expect(doc?.data['amount']).toBe('5');
    expect(doc?.acts[1]).toMatchObject({ type: 'ContributionAcknowledged', data: { amount: '3' } });
  });

  it('that are carriers keep the decision that designated them when another ends them', async () => {
    const [carrierId, begun, over] = [toyId('carrier', 1), toyId('decision', 1), toyId('decision', 2)];
    const register = { registerScheme: 'none', consentHash: sha256('consent'), validFrom: '2026-03-01' } as const;
    const { get } = await shown(
      event('CarrierDesignated', { carrierId, ...register, decisionId: begun }),
      event('CarrierEnded', { carrierId, decisionId: over }),
    );
    const doc = await get('carriers', carrierId);
    expect(doc?.data['decisionId']).toBe(begun);
    expect(doc?.acts[1]).toMatchObject({ type: 'CarrierEnded', data: { decisionId: over } });
  });

  it('let a round see the acts on its positions and objections', async () => {
    const raised = {
      objectionId,
      positionId,
      roundId,
      partnerId,
      form: 'objection',
      kind: 'harm',
      touches: { sort: 'aim' },
      reasonGiven: true,
    };
    const opened = { type: 'RoundOpened', data: { roundId, proposalId: toyId('proposal', 1) } };
    const { get } = await shown(
      opened as unknown as DomainEvent,
      { type: 'ObjectionRaised', data: raised } as unknown as DomainEvent,
      event('ObjectionLapsed', { objectionId }, { subject: `round/${roundId}` }),
    );
    expect(await get('rounds', roundId)).toMatchObject({ createdSeq: 1, lastSeq: 3, acts: { length: 1 } });
    expect(await get('objections', objectionId)).toMatchObject({ createdSeq: 2, lastSeq: 3, acts: { length: 2 } });
  });

  it('keep their newest acts only', async () => {
    const acts = Array.from({ length: MAX_ACTS + 20 }, () => acknowledged(1, 1));
    const { get } = await shown(declared(1, 5), ...acts);
    const doc = await get('contributions', toyId('contribution', 1));
    expect(doc?.acts).toHaveLength(MAX_ACTS);
    expect(doc?.acts.at(-1)?.seq).toBe(MAX_ACTS + 21);
  });

  it('are the same live and folded, for any history', async () => {
    for (const seed of [1, 2, 3, 4, 5]) await shown(...toyHistory(seed, 60));
  });

  it('stand in a collection of the resource map, whatever the event', () => {
    const collections = new Set<string>();
    for (const [type, definition] of Object.entries(events)) {
      const fields: readonly [string, Field][] = Object.entries(definition.public);
      const data = Object.fromEntries(fields.map(([name, { is }]) => [name, is === 'int' ? 1 : toyId(name, 1)]));
      const meta = {
        alliance: toyId('alliance', 1),
        seq: 1,
        index: 0,
        at: '2026-03-01T12:00:00.000Z',
        effectiveDay: '2026-03-01',
        actor: { kind: 'system' } as const,
        entryId: toyId('entry', 1),
        hash: sha256(''),
      };
      for (const key of objects.touches({ type, data } as unknown as DomainEvent, meta)) {
        expect(key).toMatch(/^[a-z-]+\/[a-z2-7]+$|^(charters|territories)\/1$/);
        collections.add(key.split('/')[0] ?? '');
      }
    }
    expect([...collections].sort()).toEqual([
      'accesses',
      'advice-requests',
      'alliances',
      'amendments',
      'carriers',
      'charters',
      'commitments',
      'contributions',
      'decisions',
      'diagnoses',
      'facilitators',
      'goals',
      'guarantees',
      'mandates',
      'objections',
      'objectives',
      'partners',
      'pledges',
      'positions',
      'proposals',
      'proxies',
      'resource-requests',
      'rounds',
      'stakes',
      'territories',
      'valuation-scales',
    ]);
  });
});
