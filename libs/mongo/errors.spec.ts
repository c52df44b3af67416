import { codeOf, isRefusal, isServerFault, writeFaults } from './errors.js';

const fault = (index: number, code: number) => ({ index, code });

it('a code is read from whatever was thrown', () => {
  expect(codeOf({ code: 11_000 })).toBe(11_000);
  for (const none of [undefined, null, 'x', new Error('x'), { code: 'ECONNRESET' }])
    expect(codeOf(none)).toBeUndefined();
});

it('faults of single documents are read, be it one or a list', () => {
  expect(writeFaults({ writeErrors: [fault(2, 11_000)] })).toEqual([fault(2, 11_000)]);
  expect(writeFaults({ writeErrors: fault(0, 121) })).toEqual([fault(0, 121)]);
  expect(writeFaults(new Error('connection closed'))).toEqual([]);
});

it('faults of single documents say nothing of the others when their write concern failed too', () => {
  const result = { getWriteConcernError: () => ({ code: 64 }) };
  expect(writeFaults({ writeErrors: [fault(2, 11_000)], result })).toEqual([]);
  expect(isRefusal({ code: 11_000, result })).toBe(false);
});

it.each([
  [{ code: 13 }, true],
  [{ code: 11_000 }, true],
  [{ code: 91 }, false],
  [{ code: 64 }, false],
  [new Error('connection closed'), false],
])('%p is a refusal: %p', (error, expected) => {
  expect(isRefusal(error)).toBe(expected);
});

it.each([
  [{ code: 91 }, true],
  [{ code: 13 }, true],
  [{ code: 14_031 }, true],
  [{ name: 'MongoBulkWriteError', message: 'connection 3 timed out' }, true],
  [{ name: 'MongoServerSelectionError' }, true],
  [{ name: 'MongoServerError', code: 10_334 }, false],
  [{ name: 'MongoInvalidArgumentError', message: 'Document is larger than the maximum size' }, false],
  [new RangeError('too large'), false],
])('%p is a fault of the server: %p', (error, expected) => {
  expect(isServerFault(error)).toBe(expected);
});
