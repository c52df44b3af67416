/** `num/den` with den ≥ 1. Fractions are compared by cross-multiplied integers, never divided. */
export interface Fraction {
  readonly num: number;
  readonly den: number;
}

/** floor(a / b) for integers, b > 0. */
export function floorDiv(a: number, b: number): number {
  return (a - (((a % b) + b) % b)) / b;
}

/** ceil(a / b) for integers, b > 0. Taken from 0, so that it is never -0. */
export function ceilDiv(a: number, b: number): number {
  return 0 - floorDiv(-a, b);
}

/** part/whole ≥ num/den, or > when strict. */
export function reaches(part: number, whole: number, share: Fraction, strict: boolean): boolean {
  const left = part * share.den;
  const right = share.num * whole;
  return strict ? left > right : left >= right;
}
