import { setFlagsFromString } from 'node:v8';

/** How far above what lives the heap grows before it is collected, in percent. */
const HEAP_GROWING_PERCENT = 50;

/**
 * Lets the heap grow by half instead of growing up to fourfold: far less memory under many alliances, for some
 * processor time; at 30 percent collecting cost a tenth of every command (docs/figures.md). No limit is set: what lives
 * may become as large as it must.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${String(HEAP_GROWING_PERCENT)}`);
}
