import type { Id } from '#kernel';
import { statementOf } from '../domain/statement.js';
import { C, D, given } from './scene.js';
import type { Scene } from './scene.js';

/** D stands for half of a debt of C, to the end of 2027. */
export const offer = {
  obligorId: D,
  debtorId: C,
  currency: 'EUR',
  principal: '16000',
  cap: '8000',
  share: { num: 1, den: 2 },
  termOn: '2027-12-31',
} as const;

/** The day on which it is offered. */
export const start = (): Scene => given().on('2026-04-15').by(D);

/** Offered, and entered into force by its creditor's act. */
export function inForce(scene: Scene, more: object = {}): Id {
  const guaranteeId = scene.by(D).make('OfferGuarantee', { ...offer, ...more });
  scene.by(C).make('EnterGuarantee', { guaranteeId });
  return guaranteeId;
}

/** D's guarantee in its statement, as of a day. */
export const shown = (scene: Scene, trueOn: string) => statementOf(scene.facts, D, trueOn).guarantees[0];
