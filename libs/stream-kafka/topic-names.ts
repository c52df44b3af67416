/** Our topics: entries for our own consumers and mirrors, CloudEvents for integrators (architecture 5). */
export interface TopicNames {
  readonly ledger: string;
  readonly events: string;
}

export const TOPICS: TopicNames = { ledger: 'collegium.ledger', events: 'collegium.events' };
/** The alliance's place depends on it: it never changes for a topic that has records. */
export const PARTITIONS = 12;
