/** Older versions of event types, each turned into the next. An event is for ever: a step here is never removed. */
type Upcaster = (data: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

const upcasters: Readonly<Record<string, Upcaster>> = {};

export interface Upcast {
  readonly type: string;
  readonly v: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The event in the newest version that the steps lead to; unknown types and newer versions come back as they are. */
export function upcast(type: string, v: number, data: Readonly<Record<string, unknown>>, steps = upcasters): Upcast {
  let current: Upcast = { type, v, data };
  for (let step = steps[`${type} ${String(v)}`]; step; step = steps[`${type} ${String(current.v)}`]) {
    current = { type, v: current.v + 1, data: step(current.data) };
  }
  return current;
}
