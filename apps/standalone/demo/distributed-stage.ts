import { MongoIdentityStore } from '#identity-mongo';
import { MongoLedgerStore } from '#ledger-mongo';
import type { Configuration } from '#platform';
import { Cast, personSeed, seedsOf, StorySources } from '#stage';
import { topicsApply } from '#stream-kafka';
import { ApiReplica, Child } from './children.js';
import type { Stage } from './player.js';

export interface DistributedStage extends Stage {
  readonly ledgerStore: MongoLedgerStore;
  /** Ends every process; gives those that did not stop cleanly in time. */
  close(): Promise<readonly string[]>;
}

type Where = Pick<Configuration, 'mongoUri' | 'mongoDatabase' | 'kafkaBrokers'>;

/** Two replicas of `api`, a relay and two projectors on real servers; acts go to the replicas in turn. */
export async function openDistributedStage(where: Where, seed: string): Promise<DistributedStage> {
  const { mongoUri: uri, mongoDatabase: database, kafkaBrokers: brokers } = where;
  await topicsApply({ brokers, clientId: 'collegium-demo' });
  const parts = new Parts(environmentOf(where));
  const sources = new StorySources();
  try {
    // The first makes the indexes; then the others find them.
    const replicas = [await parts.api(), await parts.api()];
    await parts.others();
    const identity = await MongoIdentityStore.open({ uri, database }, { entropy: sources.identityEntropy });
    parts.onClose(() => identity.close());
    const ledgerStore = await MongoLedgerStore.open({ uri, database });
    parts.onClose(() => ledgerStore.close());
    const cast = new Cast(identity, (person) => {
      sources.restart(personSeed(seed, person));
    });
    let moves = 0;
    const turn = () => replicas[moves % replicas.length] as ApiReplica;
    return {
      ledgerStore,
      url: () => turn().url,
      moveTo: async (at) => {
        const seeds = seedsOf(seed, (moves += 1));
        const active = turn();
        await Promise.all(
          replicas.map((replica) => replica.cue({ at, seeds: replica === active ? seeds : undefined })),
        );
      },
      meet: (people) => cast.meet(people),
      token: (person) => cast.of(person).token,
      personRef: (person) => cast.of(person).personRef,
      close: () => parts.close(),
    };
  } catch (fault) {
    await parts.close();
    throw fault;
  }
}

function environmentOf({ mongoUri, mongoDatabase, kafkaBrokers }: Where): Readonly<Record<string, string>> {
  return {
    COLLEGIUM_MONGO_URI: mongoUri,
    COLLEGIUM_MONGO_DATABASE: mongoDatabase,
    COLLEGIUM_KAFKA_BROKERS: kafkaBrokers.join(','),
    COLLEGIUM_LOG_LEVEL: 'error',
  };
}

/** What was started, to be ended in the other order. */
class Parts {
  private readonly children: Child[] = [];
  private readonly closing: (() => Promise<void>)[] = [];

  constructor(private readonly environment: Readonly<Record<string, string>>) {}

  async api(): Promise<ApiReplica> {
    const replica = await ApiReplica.start(this.environment);
    this.children.push(replica.child);
    await replica.child.ready();
    return replica;
  }

  async others(): Promise<void> {
    for (const entry of ['relay/main.js', 'projector/main.js', 'projector/main.js']) {
      this.children.push(await Child.start(entry, this.environment));
    }
    await Promise.all(this.children.map((child) => child.ready()));
  }

  onClose(close: () => Promise<void>): void {
    this.closing.push(close);
  }

  async close(): Promise<readonly string[]> {
    for (const close of this.closing.reverse()) await close();
    const codes = await Promise.all(this.children.map(async (child) => [child.name, await child.stop()] as const));
    return codes.filter(([, code]) => code !== 0).map(([name, code]) => `${name} ended with ${String(code)}`);
  }
}
