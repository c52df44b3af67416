import { readFileSync } from 'node:fs';
import type { ConfigurationInvalid } from './configuration.js';
import { readConfiguration } from './configuration.js';
import { generatedFiles } from './generated-files.js';

describe('configuration', () => {
  it('needs nothing: every key has a base', () => {
    expect(readConfiguration({ PATH: '/bin' })).toEqual({
      dataFolder: './data',
      host: '127.0.0.1',
      port: 3210,
      adminHost: '127.0.0.1',
      adminPort: 3211,
      publicUrl: 'http://127.0.0.1:3210',
      mongoUri: 'mongodb://127.0.0.1:27017/',
      mongoDatabase: 'collegium',
      kafkaBrokers: ['127.0.0.1:9092'],
      logLevel: 'info',
      locale: 'fr',
    });
  });

  it('takes what the environment says', () => {
    const environment = { COLLEGIUM_DATA: '/srv/c', COLLEGIUM_PORT: '0', COLLEGIUM_LOCALE: 'en' };
    expect(readConfiguration(environment)).toMatchObject({ dataFolder: '/srv/c', port: 0, locale: 'en' });
  });

  it('names every bad key at once, unknown names of ours included, and repeats no value', () => {
    const environment = {
      COLLEGIUM_PORT: '70000',
      COLLEGIUM_LOG_LEVEL: 'loud',
      COLLEGIUM_PROT: '1',
      COLLEGIUM_DATA: ' ',
    };
    expect(faultsOf(environment)).toEqual([
      'COLLEGIUM_PROT: no such key',
      'COLLEGIUM_DATA: must be a path',
      'COLLEGIUM_PORT: must be a port from 0 to 65535',
      'COLLEGIUM_LOG_LEVEL: must be one of error, warn, info, debug',
    ]);
  });

  it.each(['', '-1', '03210', '1e3', ' 80', '65536'])('refuses the port %j', (port) => {
    expect(faultsOf({ COLLEGIUM_PORT: port })).toHaveLength(1);
  });

  it.each([
    ['MONGO_URI', 'http://127.0.0.1'],
    ['MONGO_URI', 'mongodb:// x'],
    ['MONGO_DATABASE', 'a.b'],
    ['KAFKA_BROKERS', 'one:9092,two'],
    ['KAFKA_BROKERS', ''],
    ['PUBLIC_URL', 'https://collegium.example/'],
    ['PUBLIC_URL', 'collegium.example'],
  ])('refuses %s %j', (name, text) => {
    expect(faultsOf({ [`COLLEGIUM_${name}`]: text })).toHaveLength(1);
  });

  it('takes several brokers', () => {
    expect(readConfiguration({ COLLEGIUM_KAFKA_BROKERS: 'a:1,b:2' }).kafkaBrokers).toEqual(['a:1', 'b:2']);
  });

  it('no key of it sets the time', () => {
    expect(Object.keys(readConfiguration({})).filter((key) => /time|clock|now/i.test(key))).toEqual([]);
    expect(faultsOf({ COLLEGIUM_CLOCK: '2030-01-01' })).toEqual(['COLLEGIUM_CLOCK: no such key']);
  });

  it('is documented by a page made from the schema', () => {
    for (const [path, content] of Object.entries(generatedFiles())) expect(readFileSync(path, 'utf8')).toBe(content);
  });
});

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfiguration(environment);
    return [];
  } catch (error) {
    return (error as ConfigurationInvalid).faults;
  }
}
