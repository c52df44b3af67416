import { amountIn, text } from './events.js';
import type { Data } from './events.js';
import { guarantees } from './ladder.js';
import { DAY, day, LedgerWriter, part, PARTNERS, pick } from './ledger-writer.js';
import type { Step } from './ledger-writer.js';
import { shown } from './events.js';

export const DECISIONS = ['E1', 'E2'] as const;
const SHARES = [
  { num: 1, den: 2 },
  { num: 2, den: 3 },
  { num: 50, den: 100 },
  { num: 1, den: 1 },
];

/** Needs, pledges, commitments and guarantees. */
export class PromiseWriter extends LedgerWriter {
  requested(step: Step): void {
    const line = step.of % 6 === 5 ? { kind: 'guarantee', unit: 'EUR' } : this.line(step.line);
    const amount = this.amount(step, line);
    const decided = step.who % 3 === 2 ? {} : { decisionId: pick(DECISIONS, step.who) };
    this.add('ResourceRequested', { requestId: this.id('N'), ...decided, ...line, amount, partnerIds: [] }, step);
  }

  closed(step: Step): void {
    const open = this.of('ResourceRequested').filter(
      ({ data }) => this.about(['ResourceRequestClosed'], 'requestId', data['requestId']).length === 0,
    );
    if (open.length === 0) return;
    const { on, data } = pick(open, step.of);
    this.add('ResourceRequestClosed', { requestId: data['requestId'], cause: 'cancelled' }, step, on);
  }

  pledged(step: Step): void {
    const line = this.line(step.line);
    const validUntil = step.other % 2 === 0 ? {} : { validUntil: day(this.today + (step.other % 25)) };
    const promise = { providerId: pick(PARTNERS, step.who), ...line, amount: this.amount(step, line), ...validUntil };
    this.add('PledgeMade', { pledgeId: this.id('P'), ...promise, ...this.request(undefined, line, step.of) }, step);
  }

  withdrawn(step: Step): void {
    const standing = this.of('PledgeMade').filter(
      ({ data }) => this.about(['PledgeWithdrawn'], 'pledgeId', data['pledgeId']).length === 0,
    );
    if (standing.length === 0) return;
    const { on, data } = pick(standing, step.of);
    this.add('PledgeWithdrawn', { pledgeId: data['pledgeId'] }, step, on);
  }

  committed(step: Step): void {
    const pledges = this.of('PledgeMade');
    const pledge = pledges.length === 0 || step.other % 3 === 0 ? undefined : pick(pledges, step.other);
    const line = pledge ? { kind: text(pledge.data, 'kind'), unit: text(pledge.data, 'unit') } : this.line(step.line);
    const providerId = pledge ? text(pledge.data, 'providerId') : pick(PARTNERS, step.who);
    const others = PARTNERS.filter((one) => one !== providerId);
    const adReferendum = step.back % 3 === 1;
    const terms = {
      ...(pledge ? { pledgeId: pledge.data['pledgeId'] } : {}),
      ...{ providerId, receiverId: pick(others, step.of), attestorId: pick(others, step.of), ...line },
      ...{
        amount: this.amount(step, line),
        dueOn: day(this.today + (step.who % 30)),
        obligation: 'means',
        adReferendum,
      },
      ...(adReferendum ? { ratifyBy: day(this.today + (step.line % 20)) } : {}),
    };
    const named = { commitmentId: this.id('K'), ...terms, ...this.request(undefined, line, step.of) };
    this.add('CommitmentMade', named, step, pledge?.on);
  }

  ratified(step: Step): void {
    const [of, made, name] =
      step.line % 3 === 0
        ? (['Guarantee', 'GuaranteeOffered', 'guaranteeId'] as const)
        : (['Commitment', 'CommitmentMade', 'commitmentId'] as const);
    const waiting = this.of(made).filter(
      ({ data }) =>
        data['adReferendum'] === true &&
        text(data, 'ratifyBy') >= day(this.today) &&
        this.about([`${of}Ratified`, `${of}RatificationRefused`], name, data[name]).length === 0,
    );
    if (waiting.length === 0) return;
    const { on, data } = pick(waiting, step.of);
    const named = { [name]: data[name] };
    if (step.other % 3 === 0) this.add(`${of}RatificationRefused`, { ...named, cause: 'body' }, step, on);
    else this.add(`${of}Ratified`, { ...named, ratifiedOn: day(this.today) }, step, on);
  }

  /** Commitments in force, each with the day that it is in force from. */
  private inForce(): readonly { readonly data: Data; readonly since: string }[] {
    return this.of('CommitmentMade').flatMap(({ on, data }) => {
      if (data['adReferendum'] !== true) return [{ data, since: on }];
      const [ratified] = this.about(['CommitmentRatified'], 'commitmentId', data['commitmentId']);
      return ratified ? [{ data, since: ratified.on }] : [];
    });
  }

  rescheduled(step: Step): void {
    const made = this.inForce();
    if (made.length === 0) return;
    const { since, data } = pick(made, step.of);
    const before = this.about(['CommitmentRescheduled'], 'commitmentId', data['commitmentId']).at(-1);
    const dueOn = new Date(Date.parse(text((before ?? { data }).data, 'dueOn')) + (1 + (step.who % 15)) * DAY);
    const change = { commitmentId: data['commitmentId'], dueOn: dueOn.toISOString().slice(0, 10) };
    this.add('CommitmentRescheduled', change, step, before?.on ?? since);
  }

  released(step: Step): void {
    const made = this.inForce();
    if (made.length === 0) return;
    const { since, data } = pick(made, step.of);
    const before = this.about(['CommitmentReleased'], 'commitmentId', data['commitmentId']);
    const gone = before.reduce((total, release) => total + amountIn(release.data, 'amount'), 0n);
    const amount = part(amountIn(data, 'amount') - gone, step.amount);
    if (amount === undefined) return;
    this.add('CommitmentReleased', { commitmentId: data['commitmentId'], amount, reason: 'agreement' }, step, since);
  }

  offered(step: Step): void {
    const obligorId = pick(PARTNERS, step.who);
    const debtorId = pick(
      PARTNERS.filter((one) => one !== obligorId),
      step.of,
    );
    const adReferendum = step.back % 3 === 1;
    const terms = {
      ...{ obligorId, debtorId, currency: 'EUR', principal: '1000', cap: this.amount(step, { kind: 'money' }) },
      ...{ share: pick(SHARES, step.days), termOn: day(this.today + 5 + (step.line % 70)), adReferendum },
      ...(adReferendum ? { ratifyBy: day(this.today + (step.amount % 20)) } : {}),
    };
    const request = this.request('guarantee', { unit: 'EUR' }, step.other);
    this.add('GuaranteeOffered', { guaranteeId: this.id('G'), ...terms, ...request }, step);
  }

  entered(step: Step): void {
    const waiting = this.of('GuaranteeOffered').filter(({ data }) => {
      const named = (...types: readonly string[]) => this.about(types, 'guaranteeId', data['guaranteeId']);
      if (named('GuaranteeEnteredIntoForce').length > 0 || text(data, 'termOn') < day(this.today)) return false;
      return data['adReferendum'] !== true || named('GuaranteeRatified').length > 0;
    });
    if (waiting.length === 0) return;
    const { on, data } = pick(waiting, step.of);
    const { guaranteeId } = data;
    const ratified = this.about(['GuaranteeRatified'], 'guaranteeId', guaranteeId)[0];
    this.add('GuaranteeEnteredIntoForce', { guaranteeId }, step, ratified?.on ?? on);
  }

  secured(step: Step): void {
    const inForce = guarantees(this.head).filter(({ exposure }) => exposure > 0n);
    if (inForce.length === 0) return;
    const { guaranteeId, exposure } = pick(inForce, step.of);
    const amount = part(exposure, step.amount) ?? shown(exposure);
    const entered = this.about(['GuaranteeEnteredIntoForce'], 'guaranteeId', guaranteeId)[0]?.on;
    if (step.other % 3 === 0) this.add('GuaranteeReleased', { guaranteeId, amount }, step, entered);
    else {
      const call = { guaranteeId, callId: this.id('L'), amount, dueOn: day(this.today + (step.who % 15)) };
      this.add('GuaranteeCalled', call, step, entered);
    }
  }

  /** What the clock says of something past, or will have said: it changes no view (1.4). */
  noticed(step: Step): void {
    const about = [
      ...this.of('PledgeMade').map(({ data }) => ['PledgeLapsed', { pledgeId: data['pledgeId'] }] as const),
      ...this.of('GuaranteeOffered').map(
        ({ data }) => ['GuaranteeExpired', { guaranteeId: data['guaranteeId'] }] as const,
      ),
      ...this.of('CommitmentMade').flatMap(({ data: { commitmentId, dueOn, ratifyBy, adReferendum } }) => [
        ['CommitmentDefaulted', { obligationId: commitmentId, dueOn, openAmount: '1' }] as const,
        ...(adReferendum === true && text({ ratifyBy }, 'ratifyBy') < day(this.today)
          ? [['CommitmentRatificationRefused', { commitmentId, cause: 'deadline' }] as const]
          : []),
      ]),
    ];
    if (about.length === 0) return;
    const [type, data] = pick(about, step.of);
    this.add(type, data, step);
  }
}
