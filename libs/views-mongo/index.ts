export { MongoViewStore } from './mongo-view-store.js';
