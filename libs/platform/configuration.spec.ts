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
