// node deploy/check.mjs [folder]: what can be said of docker-compose.yml, Dockerfile and Caddyfile without Docker and Caddy. Prints
// every fault, or that there is none.
import Ajv2020 from 'ajv/dist/2020.js';
import yaml from 'js-yaml';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const read = (path) => readFileSync(here(path), 'utf8');

// Another folder that holds the three files, for a test of this check.
const folder = process.argv[2] ?? here('..');
const given = (path) => readFileSync(join(folder, path), 'utf8');
const compose = yaml.safeLoad(given('docker-compose.yml'));
const dockerfile = given('Dockerfile');
const faults = [
  ...schemaFaults(),
  ...serviceFaults(),
  ...kafkaFaults(),
  ...imageFaults(),
  ...braceFaults(given('deploy/Caddyfile')),
];
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? 'all holds' : `${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;

function schemaFaults() {
  const ajv = new Ajv2020.default({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile(JSON.parse(read('./compose/compose-spec.json')));
  return validate(compose)
    ? []
    : validate.errors.map(({ instancePath, message }) => `compose: ${instancePath} ${message}`);
}

/** Ours run without rights; every command names a file that is built, every other name something that is declared. */
function serviceFaults() {
  const { services } = compose;
  return Object.entries(services).flatMap(([name, service]) => {
    const isOurs = service.build !== undefined;
    const needed = Object.keys(service.depends_on ?? {}).filter((other) => services[other] === undefined);
    const volumes = (service.volumes ?? []).map((volume) => volume.split(':')[0]);
    const [file] = service.command ?? [];
    const source = file?.replace(/^dist\//, '../').replace(/\.js$/, '.ts');
    return [
      ...needed.map((other) => `${name} waits for ${other}, which there is not`),
      ...volumes
        .filter((volume) => (volume.startsWith('.') ? !existsSync(here(`../${volume}`)) : !(volume in compose.volumes)))
        .map((volume) => `${name} mounts ${volume}, which there is not`),
      ...(isOurs && !existsSync(here(source)) ? [`${name} runs ${file}, and there is no ${source}`] : []),
      ...(isOurs && service.read_only !== true ? [`${name} may write to its image`] : []),
      ...(isOurs && service.cap_drop?.[0] !== 'ALL' ? [`${name} has capabilities`] : []),
      ...(service.image.includes(':') ? [] : [`${name} names no version of ${service.image}`]),
    ];
  });
}

/** The broker is the one that the tests against real servers install. */
function kafkaFaults() {
  const [, tested] =
    /<artifactId>kafka_[\d.]+<\/artifactId>\s*<version>([^<]+)</.exec(read('./local/kafka/pom.xml')) ?? [];
  const { image } = compose.services.kafka;
  return image === `apache/kafka:${tested}` ? [] : [`compose runs ${image}, and the tests run Kafka ${tested}`];
}

function imageFaults() {
  const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  const user = /^USER (\S+)/m.exec(last)?.[1] ?? 'root';
  const ignored = given('.dockerignore').split('\n');
  return [
    ...(/^[1-9]\d*(:[1-9]\d*)?$/.test(user) ? [] : [`the image runs as ${user}`]),
    ...((dockerfile.match(/^FROM /gm) ?? []).length > 1 ? [] : ['the image is of one stage: it holds what built it']),
    ...['node_modules', '.git', 'data', '.env*', '.cache']
      .filter((path) => !ignored.includes(path))
      .map((path) => `${path} goes into the image`),
  ];
}

/** A Caddyfile is blocks and lines; without Caddy only their nesting can be told. */
function braceFaults(text) {
  let depth = 0;
  const faults = [];
  for (const [index, line] of text.split('\n').entries()) {
    const code = line
      .replace(/#.*$/, '')
      .replaceAll(/\{[$\w.:-]+\}/g, '')
      .trim();
    if (code.endsWith('{')) depth += 1;
    else if (code === '}') depth -= 1;
    else if (/[{}]/.test(code)) faults.push(`Caddyfile ${index + 1}: a brace inside a line`);
    if (depth < 0) faults.push(`Caddyfile ${index + 1}: a block ends that did not begin`);
  }
  return depth === 0 ? faults : [...faults, 'Caddyfile: a block does not end'];
}
