import { MemoryCursorStore } from './cursor-store.js';
import { cursorStoreContract } from './testing/index.js';

cursorStoreContract('memory', async () => new MemoryCursorStore());
