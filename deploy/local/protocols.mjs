// As much of both wire protocols as it takes to ask "are you there?" and to tell one request from another.
import { connect } from 'node:net';

const OP_MSG = 2013;
const KAFKA_API = {
  0: 'Produce',
  1: 'Fetch',
  2: 'ListOffsets',
  3: 'Metadata',
  8: 'OffsetCommit',
  9: 'OffsetFetch',
  10: 'FindCoordinator',
  11: 'JoinGroup',
  12: 'Heartbeat',
  13: 'LeaveGroup',
  14: 'SyncGroup',
  18: 'ApiVersions',
  19: 'CreateTopics',
  22: 'InitProducerId',
};

export const mongo = {
  length: (bytes) => bytes.readInt32LE(0),
  requestId: (frame) => frame.readInt32LE(4),
  answerTo: (frame) => frame.readInt32LE(8),
  /** The command's name: the first element of the body, behind header, flags, section kind, size and type. */
  requestName: (frame) =>
    frame.readInt32LE(12) === OP_MSG ? frame.toString('utf8', 26, frame.indexOf(0, 26)) : undefined,
};

export const kafka = {
  length: (bytes) => 4 + bytes.readInt32BE(0),
  requestId: (frame) => frame.readInt32BE(8),
  answerTo: (frame) => frame.readInt32BE(4),
  requestName: (frame) => KAFKA_API[frame.readInt16BE(4)] ?? `Api${frame.readInt16BE(4)}`,
};

/** Writes an error code for every partition into the answer to a produce request (version 5 to 8). */
export function setProduceError(frame, code) {
  const PARTITION_BYTES = 4 + 2 + 8 + 8 + 8;
  let at = 8;
  const topics = frame.readInt32BE(at);
  at += 4;
  for (let topic = 0; topic < topics; topic += 1) {
    at += 2 + frame.readInt16BE(at);
    const partitions = frame.readInt32BE(at);
    at += 4;
    for (let n = 0; n < partitions; n += 1, at += PARTITION_BYTES) frame.writeInt16BE(code, at + 4);
  }
}

export const protocols = { mongo, kafka };

/** Cuts a stream of bytes into whole frames; what is incomplete waits for more. */
export function frameReader(protocol) {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const frames = [];
    while (rest.length >= 4 && rest.length >= protocol.length(rest)) {
      frames.push(rest.subarray(0, protocol.length(rest)));
      rest = rest.subarray(protocol.length(rest));
    }
    return frames;
  };
}

/** Is this a MongoDB primary that takes writes? */
export async function mongoAnswers(port) {
  const answers = await ask(port, mongo, [helloRequest()]);
  return answers !== undefined && answers[0].includes('\x08isWritablePrimary\0\x01', 0, 'latin1');
}

/** Is this the Kafka of that cluster id, with a broker that takes requests and its group coordinator found? */
export async function kafkaAnswers(port, clusterId) {
  const answers = await ask(port, kafka, [
    kafkaRequest(18, 0, 1),
    kafkaRequest(3, 2, 2, Buffer.from([0, 0, 0, 0])),
    kafkaRequest(10, 1, 3, Buffer.concat([kafkaString('readiness'), Buffer.from([0])])),
  ]);
  if (answers === undefined) return false;
  const [versions, metadata, coordinator] = answers;
  const cluster = kafkaString(clusterId);
  // ApiVersions: error code. Metadata: brokers, cluster id. FindCoordinator: throttle time, error code.
  return (
    versions.readInt16BE(8) === 0 &&
    metadata.readInt32BE(8) > 0 &&
    metadata.includes(cluster) &&
    coordinator.readInt16BE(12) === 0
  );
}

/** Sends the requests one by one over a connection of its own; undefined if it does not get every answer in time. */
export function ask(port, protocol, requests, withinMs = 2000) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const read = frameReader(protocol);
    const answers = [];
    const end = (result) => {
      clearTimeout(late);
      socket.destroy();
      resolve(result);
    };
    const late = setTimeout(end, withinMs);
    socket.on('error', () => end()).on('close', () => end());
    socket.on('connect', () => socket.write(requests[0]));
    socket.on('data', (chunk) => {
      for (const frame of read(chunk)) {
        answers.push(frame);
        if (answers.length === requests.length) end(answers);
        else socket.write(requests[answers.length]);
      }
    });
  });
}

/** OP_MSG { hello: 1, $db: 'admin' } */
export function helloRequest() {
  const hello = Buffer.concat([Buffer.from('\x10hello\0', 'latin1'), int32LE(1)]);
  const db = Buffer.concat([Buffer.from('\x02$db\0', 'latin1'), int32LE(6), Buffer.from('admin\0', 'latin1')]);
  const document = Buffer.concat([int32LE(4 + hello.length + db.length + 1), hello, db, Buffer.from([0])]);
  const body = Buffer.concat([int32LE(0), Buffer.from([0]), document]);
  return Buffer.concat([int32LE(16 + body.length), int32LE(1), int32LE(0), int32LE(OP_MSG), body]);
}

function kafkaRequest(api, version, correlationId, body = Buffer.alloc(0)) {
  const head = Buffer.alloc(8);
  head.writeInt16BE(api, 0);
  head.writeInt16BE(version, 2);
  head.writeInt32BE(correlationId, 4);
  const bytes = Buffer.concat([head, kafkaString('readiness'), body]);
  const size = Buffer.alloc(4);
  size.writeInt32BE(bytes.length);
  return Buffer.concat([size, bytes]);
}

function kafkaString(text) {
  const size = Buffer.alloc(2);
  size.writeInt16BE(Buffer.byteLength(text));
  return Buffer.concat([size, Buffer.from(text)]);
}

function int32LE(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
