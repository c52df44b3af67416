import { configurationOfProcess } from '#platform';
import { BadUsage, GivenUp } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { readWords } from './words.js';

/** `collegium topics apply`: makes the Kafka topics that are absent; leaves those that are as they must be. */
export const topicsCommand: Subcommand = {
  name: 'topics',
  summary: {
    fr: 'crée les sujets Kafka du mode distribué, s’ils manquent',
    en: 'makes the Kafka topics of the distributed mode, when they are absent',
  },
  usage: { fr: 'collegium topics apply', en: 'collegium topics apply' },
  async run(args, terminal) {
    const [act, ...more] = readWords(args, {}).positionals;
    if (act !== 'apply' || more.length > 0) throw new BadUsage({ fr: 'apply', en: 'apply' });
    const { topicsApply, TopicsDiffer } = await import('#stream-kafka');
    const { kafkaBrokers: brokers } = configurationOfProcess();
    try {
      const applied = await topicsApply({ brokers, clientId: 'collegium-topics' });
      for (const { topic, outcome } of applied) terminal.out(`${topic}: ${outcome}`);
      return 0;
    } catch (fault) {
      if (fault instanceof TopicsDiffer) throw new GivenUp({ fr: fault.message, en: fault.message }, 1);
      throw fault;
    }
  },
};
