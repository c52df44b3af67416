import { setFlagsFromString } from 'node:v8';

/** How far above what lives the heap grows before it is collected, in percent. */
const HEAP_GROWING_PERCENT = 30;

/**
 * Lets the heap grow by a little instead of up to fourfold: with a thousand alliances in memory that is 150 MiB less,
 * for some processor time (docs/figures.md). No limit is set: what lives may become as large as it must.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${String(HEAP_GROWING_PERCENT)}`);
}
