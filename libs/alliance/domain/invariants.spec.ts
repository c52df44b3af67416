import fc from 'fast-check';

import type { Power } from '#contracts';
import type { Id } from '#kernel';
import { addHours } from '#kernel';
import { inForce, mandatesInForce } from './authority.js';
import { FAY, governed, hash, memberOf, person } from './testing.js';
import type { Member, Play } from './testing.js';

const POWERS_OF_A_VOICE: readonly Power[] = ['speak', 'propose', 'take-position', 'appoint'];

const step = fc.record({
  what: fc.constantFrom('grant', 'grant', 'end', 'succeed', 'restore', 'wait', 'withdraw'),
  which: fc.nat(7),
  standing: fc.constantFrom('titular', 'substitute', 'substitute'),
  voiced: fc.boolean(),
  from: fc.constantFrom(-5, 0, 0, 0, 7),
  days: fc.constantFrom(undefined, 6, 14, 30),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Plays one step as whichever member it names; a refusal is as good as an act. Says whether it was accepted. */
function take(play: Play, members: Member[], made: Step, number: number): boolean {
  play.last = [];
  const acting = members.filter(({ mandateId }) => isInForce(play, mandateId));
  // Now and then somebody whose mandate is over tries, or the silent partner is the one to restore.
  const pool = made.what === 'restore' || made.which === 7 || acting.length === 0 ? members : acting;
  const member = pool[made.which % pool.length];
  if (!member) return false;
  const { partnerId, mandateId, actor } = member;
  const day = (offset: number) => addHours(play.now, offset * 24).slice(0, 10);
  const mandate = {
    personRef: person(`person ${number}`),
    standing: made.standing,
    powers: made.voiced ? POWERS_OF_A_VOICE : (['appoint'] as const),
    validFrom: day(made.from),
    validTo: made.days === undefined ? undefined : day(made.from + made.days),
    sealed: {},
  };
  const outcome = {
    grant: () => play.tries(actor, 'GrantMandate', { partnerId, ...mandate }),
    end: () => play.tries(actor, 'EndMandate', { mandateId }),
    succeed: () => play.tries(actor, 'SucceedMandate', { mandateId, mandate }),
    restore: () => play.tries(FAY, 'GrantMandate', { partnerId, ...mandate, sourceHash: hash('letter') }),
    withdraw: () => play.tries(actor, 'WithdrawPartner', { partnerId }),
    wait: () => play.at(addHours(play.now, 24 * (1 + made.which))).last.map(({ type }) => type),
  }[made.what as 'grant']();
  if (typeof outcome === 'string') return false;
  if (outcome.includes('MandateGranted')) members.push(memberOf(play, partnerId, `person ${number}`));
  return true;
}

describe('whatever is done with mandates', () => {
  const seen = new Map<string, number>();
  let [accepted, tried] = [0, 0];

  it('a partner has one titular in force at most, and its silence is announced exactly when it begins', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const { play, ann, bob, cleo } = governed();
        const members = [ann, bob, cleo];
        const partners: readonly Id[] = members.map(({ partnerId }) => partnerId);
        steps.forEach((made, number) => {
          const before = partners.map((id) => play.answers.isUnrepresented(id, play.now));
          const waits = made.what === 'wait';
          accepted += take(play, members, made, number) ? 1 : 0;
          tried++;
          for (const { type } of play.last) seen.set(type, (seen.get(type) ?? 0) + 1);
          partners.forEach((partnerId, place) => {
            const inForce = mandatesInForce(play.state, partnerId, play.now);
            expect(inForce.filter(({ standing }) => standing === 'titular').length).toBeLessThanOrEqual(1);
            const now = play.answers.isUnrepresented(partnerId, play.now);
            // While days go by a voice may come back by a first day; then only a loss that lasts is looked at.
            const announced = announces(play, partnerId);
            if (!waits || (now && before[place] === false)) expect(announced).toBe(now && before[place] === false);
          });
          expect([play.state.leavers, play.state.unannounced]).toEqual([[], []]);
        });
      }),
      { numRuns: 200, seed: 20260105 },
    );
  });

  it('is tried on commands of which most are accepted, and on every event of mandates', () => {
    expect(accepted / tried).toBeGreaterThanOrEqual(0.6);
    const types = [
      'MandateGranted',
      'MandateEnded',
      'MandateSucceeded',
      'PartnerWithdrew',
      'PartnerBecameUnrepresented',
    ];
    for (const type of types) expect(seen.get(type) ?? 0).toBeGreaterThanOrEqual(20);
  });
});

function isInForce(play: Play, mandateId: Id): boolean {
  const mandate = play.state.mandates.get(mandateId);
  return mandate !== undefined && inForce(play.state, mandate, play.now);
}

function announces(play: Play, partnerId: Id): boolean {
  return play.last.some(({ type, data }) => {
    return type === 'PartnerBecameUnrepresented' && 'partnerId' in data && data.partnerId === partnerId;
  });
}
