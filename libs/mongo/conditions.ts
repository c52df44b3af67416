import mongoose from 'mongoose';

type Scalar = string | number;

export interface Bounds<T extends Scalar> {
  readonly $gt?: T;
  readonly $gte?: T;
  readonly $lt?: T;
  readonly $lte?: T;
}

/**
 * Conditions of a filter (HTTP page 5.3). Their values are texts and whole numbers and nothing else: an object would be
 * a condition of its own, and `undefined` would match everything.
 */
export function eq<T extends Scalar>(value: T): { readonly $eq: T } {
  return mongoose.trusted({ $eq: scalar(value) });
}

/** Everything but this value; what has none of the kind is among it. */
export function not<T extends Scalar>(value: T): { readonly $ne: T } {
  return mongoose.trusted({ $ne: scalar(value) });
}

export function among<T extends Scalar>(values: readonly T[]): { readonly $in: T[] } {
  return mongoose.trusted({ $in: values.map(scalar) });
}

export function within<T extends Scalar>(bounds: Bounds<T>): Bounds<T> {
  const values = Object.values(bounds);
  if (values.length === 0) throw new TypeError('a condition without bounds matches everything');
  values.forEach(scalar);
  return mongoose.trusted({ ...bounds });
}

function scalar<T>(value: T): T {
  if (typeof value === 'string' || Number.isSafeInteger(value)) return value;
  throw new TypeError(`${typeof value} in a condition`);
}
