import type { Clock, Randomness } from '#http';
import type { IdentityEntropy } from '#identity';
import { MongoIdentityStore } from '#identity-mongo';
import { MongoLedgerStore } from '#ledger-mongo';
import { makeLog, Metrics, openAdminListener, processMetrics } from '#platform';
import type { Configuration, Running } from '#platform';
import { closeAll, composeServer } from '#server';
import type { ComposedServer } from '#server';
import { PolledProgress } from '#views';
import { MongoViewStore } from '#views-mongo';

export interface ApiSources {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly identityEntropy?: IdentityEntropy;
}

export interface Api extends Running, Pick<ComposedServer, 'ledger' | 'timer'> {
  readonly url: string;
  readonly identity: MongoIdentityStore;
  readonly ledgerStore: MongoLedgerStore;
}

/**
 * The HTTP server of the distributed mode, any number of replicas: ledger, identities and views in MongoDB. Views are
 * moved on by `projector`; a request that must see an entry waits for the rows there. Each replica has a timer, which
 * the caller starts: what two of them record at once is one entry of one of them.
 */
export async function startApi(configuration: Configuration, sources: ApiSources): Promise<Api> {
  const { mongoUri: uri, mongoDatabase: database, logLevel } = configuration;
  const log = makeLog(logLevel);
  const metrics = new Metrics();
  processMetrics(metrics);
  const ledgerStore = await MongoLedgerStore.open({ uri, database });
  const viewStore = await MongoViewStore.open({ uri, database });
  const { clock, randomness, identityEntropy } = sources;
  const identity = await MongoIdentityStore.open({ uri, database }, identityEntropy && { entropy: identityEntropy });
  const checks = {
    ledger: () => ledgerStore.assertReady(),
    views: () => viewStore.assertReady(),
    identity: () => identity.assertReady(),
  };
  const answer = metrics.durations('http_request_duration_seconds', 'Requests by route template and status.');
  const server = await composeServer(
    { ledgerStore, viewStore, identity, clock, randomness, progress: new PolledProgress(viewStore) },
    {
      log,
      hosts: hostsOf(configuration),
      isShared: true,
      assertReady: async () => {
        await Promise.all(Object.values(checks).map((check) => check()));
      },
      answered: (route, status, seconds) => {
        answer({ route, status: String(status) }, seconds);
      },
    },
  );
  const { adminHost, adminPort, host, port } = configuration;
  const admin = await openAdminListener({ host: adminHost, port: adminPort, metrics, checks });
  await server.app.listen({ host, port });
  const url = await server.app.getUrl();
  log.info('listening', { address: url });
  const close = () => closeAll([server, admin, identity, viewStore, ledgerStore]);
  return { url, identity, ledgerStore, ledger: server.ledger, timer: server.timer, close };
}

/** Names that the server answers to beside the loopback's: where it listens, and where others reach it. */
function hostsOf({ host, port, publicUrl }: Configuration): readonly string[] {
  return [`${host}:${String(port)}`, new URL(publicUrl).host];
}
