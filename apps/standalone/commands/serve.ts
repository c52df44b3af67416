import { FolderInUse } from '#ledger-sqlite';
import { closeInTime, configurationOfProcess, makeLog, stopAsked } from '#platform';
import type { Configuration } from '#platform';
import { openFolder } from '../adapters.js';
import type { Adapters } from '../adapters.js';
import { checkClock, ClockSuspect } from '../clock-check.js';
import { createServer } from '../create-server.js';
import type { Server } from '../create-server.js';
import { BadUsage, GivenUp, say } from '../subcommand.js';
import type { Subcommand, Terminal } from '../subcommand.js';
import { inUse } from './data-folder.js';
import { readOptions } from './words.js';

const OPTIONS = {
  data: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  'clock-is-right': { type: 'boolean', default: false },
} as const;

/** `collegium serve`: the embedded server on a lasting folder, until SIGTERM or Ctrl-C. */
export const serveCommand: Subcommand = {
  name: 'serve',
  summary: { fr: 'démarre le serveur', en: 'starts the server' },
  usage: {
    fr: 'collegium serve [--data DOSSIER] [--host ADRESSE] [--port PORT] [--clock-is-right]',
    en: 'collegium serve [--data FOLDER] [--host ADDRESS] [--port PORT] [--clock-is-right]',
  },
  async run(args, terminal) {
    const { configuration, clockIsRight } = read(args);
    const adapters = await opened(configuration.dataFolder);
    if (!clockIsRight) await assertClock(adapters);
    return await serve(adapters, configuration, terminal);
  },
};

async function opened(folder: string): Promise<Adapters> {
  try {
    return await openFolder(folder);
  } catch (fault) {
    throw fault instanceof FolderInUse ? new GivenUp(inUse(folder), 1) : fault;
  }
}

async function assertClock(adapters: Adapters): Promise<void> {
  try {
    await checkClock(adapters.ledgerStore, adapters.clock.now());
  } catch (fault) {
    await adapters.close();
    throw fault instanceof ClockSuspect ? new GivenUp(suspect(fault), 1) : fault;
  }
}

async function serve(adapters: Adapters, configuration: Configuration, terminal: Terminal): Promise<number> {
  const { host, port, logLevel } = configuration;
  const asked = stopAsked();
  const server = await createServer(adapters, { log: makeLog(logLevel), hosts: [`${host}:${String(port)}`] });
  await listen(server, { host, port });
  greet(await server.app.getUrl(), configuration.dataFolder, terminal);
  await asked;
  await closeInTime(server);
  return 0;
}

/** An address that is taken, or is none of this machine, is told in words. */
async function listen(server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  try {
    await server.app.listen({ host, port });
  } catch (fault) {
    await server.close();
    const { code = '' } = fault as NodeJS.ErrnoException;
    if (!['EADDRINUSE', 'EADDRNOTAVAIL', 'EACCES'].includes(code)) throw fault;
    const place = `${host}:${String(port)} (${code})`;
    throw new GivenUp(
      { fr: `impossible d’écouter sur ${place} ; choisissez --port`, en: `cannot listen on ${place}; choose --port` },
      1,
    );
  }
}

function greet(url: string, folder: string, terminal: Terminal): void {
  const data = folder === './data' ? '' : ` --data ${folder}`;
  say(terminal, { fr: `collegium : prêt à ${url}`, en: `collegium: ready at ${url}` });
  say(terminal, {
    fr: `  une personne : npm run -s collegium -- person create "Son nom"${data}`,
    en: `  a person: npm run -s collegium -- person create "Their name"${data}`,
  });
  say(terminal, {
    fr: `  son jeton : npm run -s collegium -- token create <personne>${data}`,
    en: `  their token: npm run -s collegium -- token create <person>${data}`,
  });
  say(terminal, { fr: `  les commandes : ${url}/v1/commands`, en: `  the commands: ${url}/v1/commands` });
}

function suspect({ now, newest }: ClockSuspect) {
  return {
    fr: `CLOCK_SUSPECT : cette machine dit ${now}, la dernière inscription est du ${newest}. Si l'heure est juste : --clock-is-right.`,
    en: `CLOCK_SUSPECT: this machine says ${now}, the newest entry is of ${newest}. If the time is right: --clock-is-right.`,
  };
}

function read(args: readonly string[]): { readonly configuration: Configuration; readonly clockIsRight: boolean } {
  const base = configurationOfProcess();
  const { data, host, port, 'clock-is-right': clockIsRight } = readOptions(args, OPTIONS);
  const number = port === undefined ? base.port : Number(port);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) {
    throw new BadUsage({ fr: '--port : de 0 à 65535', en: '--port: 0 to 65535' });
  }
  const configuration = { ...base, dataFolder: data ?? base.dataFolder, host: host ?? base.host, port: number };
  return { configuration, clockIsRight };
}
