/** An answer that a store within this process has at once. */
export type Soon<T> = T | Promise<T>;
