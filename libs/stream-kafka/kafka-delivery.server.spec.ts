import { deliveryContract, relayContract } from '#stream/testing';
import { TestCluster } from './testing/cluster.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start();
});
afterAll(async () => {
  await cluster.stop();
});

deliveryContract('Kafka', async () => cluster.delivery());
relayContract('Kafka', async () => cluster.delivery());
