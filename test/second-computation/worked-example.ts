import type { Happening } from './events.js';

/** The worked example of part 2, 2.7, written down from the page. */
/** `day` is when it was recorded, with `/` and the day that it occurred on where that is another. */
type Step = readonly [day: string, type: string, data: Happening['data']];

const LINES: Readonly<Record<string, readonly [kind: string, unit: string]>> = {
  N1: ['money', 'EUR'],
  N2: ['volunteer-time', 'hour'],
  N3: ['premises-use', 'day'],
  N4: ['skills', 'hour'],
  N5: ['goods', 'piece'],
};

function line(need: string) {
  const [kind, unit] = LINES[need] ?? ['', ''];
  return { kind, unit };
}

function need(requestId: string, amount: string): Step {
  return ['01-10', 'ResourceRequested', { requestId, ...line(requestId), amount, partnerIds: [] }];
}

function pledge(pledgeId: string, providerId: string, requestId: string, amount: string): Step {
  return ['01-12', 'PledgeMade', { pledgeId, providerId, requestId, ...line(requestId), amount }];
}

function commitment(day: string, id: string, requestId: string, terms: Happening['data']): Step {
  const parties = { receiverId: 'C', attestorId: 'C', obligation: 'means', adReferendum: false };
  return [day, 'CommitmentMade', { commitmentId: id, requestId, ...line(requestId), ...parties, ...terms }];
}

function gift(day: string, id: string, of: string, terms: Happening['data']): Step {
  const parties = { receiverId: 'C', attestorId: 'C' };
  return [day, 'ContributionDeclared', { contributionId: id, ...line(of), ...parties, ...terms }];
}

function fulfils(obligationId: string, amount: string) {
  return { amount, fulfils: [{ obligationId, amount }] };
}

function acknowledged(day: string, contributionId: string, amount: string): Step {
  return [day, 'ContributionAcknowledged', { contributionId, amount }];
}

function booked(contributionId: string, amount: string, value: string): Step {
  const terms = { basis: 'cvn', method: 'actual-cost', currency: 'EUR', bookedById: 'C' };
  return [
    '06-29',
    'ContributionValued',
    { valuationId: `V-${contributionId}`, contributionId, amount, value, ...terms },
  ];
}

const STEPS: readonly Step[] = [
  ...[need('N1', '10000'), need('N2', '300'), need('N3', '60'), need('N4', '80'), need('N5', '20')],
  ...[pledge('P1', 'D', 'N1', '6000'), pledge('P2', 'B', 'N4', '100'), pledge('P3', 'A', 'N1', '2000')],
  commitment('01-20', 'K1', 'N1', { providerId: 'D', amount: '5000', pledgeId: 'P1', dueOn: '2026-03-31' }),
  commitment('01-22', 'K2', 'N4', { providerId: 'B', amount: '80', pledgeId: 'P2', dueOn: '2026-06-30' }),
  commitment('01-25', 'K3', 'N3', { providerId: 'A', amount: '60', dueOn: '2026-06-30' }),
  commitment('01-25', 'K4', 'N1', {
    ...{ providerId: 'A', amount: '2000', pledgeId: 'P3', dueOn: '2026-05-31' },
    ...{ adReferendum: true, ratifyBy: '2026-03-15' },
  }),
  commitment('01-30', 'K5', 'N2', { providerId: 'C', attestorId: 'A', amount: '240', dueOn: '2026-06-30' }),
  commitment('02-05', 'K6', 'N5', { providerId: 'B', amount: '12', dueOn: '2026-02-28' }),
  gift('02-10', 'X1', 'N5', { providerId: 'B', ...fulfils('K6', '12') }),
  acknowledged('02-12', 'X1', '10'),
  ['02-12', 'ContributionContested', { contributionId: 'X1', amount: '2', from: 'awaiting', ground: 'defective' }],
  ['02-20', 'CommitmentRatified', { commitmentId: 'K4', ratifiedOn: '2026-02-20' }],
  gift('03-30', 'X2', 'N1', { providerId: 'D', ...fulfils('K1', '5000') }),
  acknowledged('03-31', 'X2', '5000'),
  gift('03-31', 'X3', 'N2', { providerId: 'C', attestorId: 'A', ...fulfils('K5', '130') }),
  gift('03-31', 'X4', 'N4', { providerId: 'B', ...fulfils('K2', '30') }),
  gift('03-31', 'X5', 'N3', { providerId: 'A', ...fulfils('K3', '25') }),
  ...[acknowledged('04-05', 'X3', '130'), acknowledged('04-05', 'X4', '30'), acknowledged('04-05', 'X5', '25')],
  [
    '04-15',
    'GuaranteeOffered',
    {
      ...{ guaranteeId: 'G1', obligorId: 'D', debtorId: 'C', currency: 'EUR', principal: '16000', cap: '8000' },
      ...{ share: { num: 1, den: 2 }, termOn: '2027-12-31', adReferendum: false },
    },
  ],
  [
    '04-20',
    'ContributionCorrected',
    { contributionId: 'X3', correctionId: 'R1', corrects: 'X3', delta: '-10', cause: 'recount' },
  ],
  ['05-02', 'GuaranteeEnteredIntoForce', { guaranteeId: 'G1' }],
  ['05-20', 'CommitmentReleased', { commitmentId: 'K3', amount: '15', reason: 'agreement' }],
  gift('05-28', 'X8', 'N1', { providerId: 'A', ...fulfils('K4', '1500') }),
  acknowledged('05-29', 'X8', '1500'),
  ['06-10', 'GuaranteeCalled', { guaranteeId: 'G1', callId: 'L1', amount: '3000', dueOn: '2026-06-30' }],
  gift('06-25', 'X6', 'N1', { providerId: 'D', ...fulfils('L1', '2000') }),
  acknowledged('06-26', 'X6', '2000'),
  gift('06-27/06-20', 'X7', 'N3', { providerId: 'A', ...fulfils('K3', '20') }),
  gift('06-27/06-20', 'X9', 'N4', { providerId: 'B', ...fulfils('K2', '60') }),
  gift('06-27/06-20', 'X10', 'N2', { providerId: 'C', attestorId: 'A', ...fulfils('K5', '90') }),
  gift('06-27/06-22', 'X11', 'N4', { providerId: 'D', amount: '6', requestId: 'N4', fulfils: [] }),
  ...[acknowledged('06-28', 'X7', '20'), acknowledged('06-28', 'X9', '55')],
  ...[acknowledged('06-28', 'X10', '90'), acknowledged('06-28', 'X11', '6')],
  ...[booked('X1', '10', '950'), booked('X3', '120', '1442.4'), booked('X4', '30', '1350')],
  ...[booked('X5', '25', '2012.5'), booked('X7', '20', '1610'), booked('X9', '55', '2475')],
  ...[booked('X10', '90', '1081.8'), booked('X11', '6', '270')],
];

function days(day: string): readonly [recorded: string, occurred: string] {
  const [recorded = '', occurred = recorded] = day.split('/');
  return [`2026-${recorded}`, `2026-${occurred}`];
}

/** "Partners in admission order A, B, C, D"; "scale v1, adopted before event 1, from 2026-01-01". */
const BEFORE: readonly (readonly [type: string, data: Happening['data']])[] = [
  ...['A', 'B', 'C', 'D'].map((partnerId) => ['PartnerAdmitted', { partnerId }] as const),
  [
    'ValuationScaleAdopted',
    {
      ...{ version: 1, validFrom: '2026-01-01', currency: 'EUR' },
      lines: [
        { kind: 'goods', unit: 'piece', rate: '110' },
        { kind: 'premises-use', unit: 'day', rate: '80.5' },
        { kind: 'skills', unit: 'hour', rate: '45' },
        { kind: 'volunteer-time', unit: 'hour', rate: '12.02' },
      ],
    },
  ],
];

export const WORKED_EXAMPLE: readonly Happening[] = [
  ...BEFORE.map(([type, data], place) => ({ seq: place - BEFORE.length, on: '2026-01-05', type, data })),
  ...STEPS.map(([day, type, data], place) => ({ ...{ seq: place + 1, on: days(day)[1], type, data } })),
];

/** The last event recorded by the end of a day: those of the example are recorded in the order of their dates. */
export function knownOn(day: string): number {
  return STEPS.filter(([recorded]) => days(recorded)[0] <= day).length;
}
