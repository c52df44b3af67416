import { deliveryContract, formAlliances, relayContract } from '#stream/testing';
import { ToyLedger } from '#views/testing';
import { InProcessDelivery } from './in-process-delivery.js';

deliveryContract('in process', async () => new InProcessDelivery());
relayContract('in process', async () => new InProcessDelivery());

it('rings before publish gives control back, so that a command is answered with its views on the way', () => {
  const delivery = new InProcessDelivery();
  const rung: unknown[] = [];
  void delivery.subscribe(async (alliance, entries) => void rung.push(alliance, entries));
  const ledger = new ToyLedger();
  const [alliance] = formAlliances(ledger, 1, 2);
  const entries = ledger.entriesOf(alliance ?? ledger.form(1));
  void delivery.publish(entries);
  expect(rung).toEqual([alliance, entries]);
});

it('tells of a ring that failed', async () => {
  const failed: string[] = [];
  const delivery = new InProcessDelivery({
    ringFailed: (alliance, error) => failed.push(`${alliance} ${String(error)}`),
  });
  await delivery.subscribe(() => Promise.reject(new Error('deaf')));
  const ledger = new ToyLedger();
  const [alliance] = formAlliances(ledger, 1, 1);
  await delivery.publish(ledger.entriesOf(alliance ?? ledger.form(1)));
  expect(failed).toEqual([`${alliance ?? ''} Error: deaf`]);
});
