import { progressContract, projectorContract, viewStoreContract } from '#views/testing';
import { MemoryViewStore } from './memory-view-store.js';

viewStoreContract('memory', () => new MemoryViewStore());
projectorContract('memory', () => new MemoryViewStore());
progressContract('memory', () => new MemoryViewStore());
