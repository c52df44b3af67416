export * from './cast.js';
export * from './control.js';
export * from './seeded-randomness.js';
export * from './story-clock.js';
export * from './story-sources.js';
