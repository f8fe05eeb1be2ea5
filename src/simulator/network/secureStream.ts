import { type Clock, delay } from '../../base/clock';
import { concatBytes } from '../../packet/headers/bytes';
import { Chance } from '../chance';
import type { TcpConnection } from './hostNetwork';
import { ByteReader, StreamError } from './stream/byteReader';
import type { ByteStream } from './stream/byteStream';
import {
  certificateFlight,
  clientHello,
  readCertificateNames,
  readClientHello,
  readServerHello,
  serverHello,
} from './stream/tlsHello';
import { ContentType, MaskedStream, plainRecord, RecordMask, readRecord } from './stream/tlsRecords';

/** The server is who it is, but not who it was called. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
  constructor(
    readonly serverName: string,
    readonly certificateNames: readonly string[],
  ) {
    super(`${serverName} is not among ${certificateNames.join(', ')}`);
  }
}

/** Bytes of the handshake messages that follow the ServerHello, and of a client's Finished under SHA-384. */
const chainBytes = 5220;
const finishedBytes = 52;
const changeCipherSpec = plainRecord(ContentType.changeCipherSpec, Uint8Array.of(1));

/**
 * The client's end of a TLS-like stream over an open connection. Rejects with CertificateError when the server's certificate does not cover
 * `serverName` (unless `verify` is false), with StreamError when the other end speaks something else, or with the connection's ConnectError.
 */
export async function openSecureStream(
  connection: TcpConnection,
  serverName: string,
  options: { readonly verify?: boolean } = {},
): Promise<ByteStream> {
  const chance = chanceOf(connection, 'client');
  const random = chance.bytes(32);
  const hello = clientHello(random, chance.bytes(32), chance.bytes(32), serverName);
  connection.write(plainRecord(ContentType.handshake, hello, 0x0301));
  const reader = new ByteReader(connection);
  const answer = readServerHello((await expectRecord(reader, ContentType.handshake)).content);
  if (!answer) throw new StreamError('malformed');
  await expectRecord(reader, ContentType.changeCipherSpec);
  const masks = {
    outgoing: new RecordMask(random, answer.random, 'client'),
    incoming: new RecordMask(random, answer.random, 'server'),
  };
  const flight = masks.incoming.open(await expectRecord(reader, ContentType.applicationData));
  const names = readCertificateNames(flight.content);
  if (!names) throw new StreamError('malformed');
  if (options.verify !== false && !coversName(names, serverName)) {
    connection.write(concatBytes(changeCipherSpec, masks.outgoing.seal(ContentType.alert, Uint8Array.of(2, 42))));
    connection.close();
    throw new CertificateError(serverName, names);
  }
  connection.write(
    concatBytes(changeCipherSpec, masks.outgoing.seal(ContentType.handshake, new Uint8Array(finishedBytes))),
  );
  return new MaskedStream(connection, reader, masks);
}

export interface ServerIdentity {
  readonly clock: Clock;
  /** Names on the certificate that is shown to a client who asks for `serverName`. */
  certificateNames(serverName: string): readonly string[];
}

/** The server's end. Rejects with StreamError when the client speaks something else or turns away. */
export async function acceptSecureStream(connection: TcpConnection, identity: ServerIdentity): Promise<ByteStream> {
  const chance = chanceOf(connection, 'server');
  const reader = new ByteReader(connection);
  const hello = readClientHello((await expectRecord(reader, ContentType.handshake)).content);
  if (!hello) throw new StreamError('malformed');
  await delay(identity.clock, chance.between(600, 2500) / 1000);
  const random = chance.bytes(32);
  const masks = {
    outgoing: new RecordMask(hello.random, random, 'server'),
    incoming: new RecordMask(hello.random, random, 'client'),
  };
  const flight = certificateFlight(identity.certificateNames(hello.serverName), chainBytes + chance.between(0, 40));
  connection.write(
    concatBytes(
      plainRecord(ContentType.handshake, serverHello(random, hello.sessionId, chance.bytes(32))),
      changeCipherSpec,
      masks.outgoing.sealAll(ContentType.handshake, flight),
    ),
  );
  await expectRecord(reader, ContentType.changeCipherSpec);
  const finished = masks.incoming.open(await expectRecord(reader, ContentType.applicationData));
  if (finished.type !== ContentType.handshake) throw new StreamError('ended');
  return new MaskedStream(connection, reader, masks);
}

async function expectRecord(reader: ByteReader, type: number) {
  const record = await readRecord(reader);
  if (!record) throw new StreamError('ended');
  if (record.type !== type) throw new StreamError('malformed');
  return record;
}

/** RFC 6125 §6.4.3: a star stands for exactly one label, the leftmost. */
export function coversName(certificateNames: readonly string[], serverName: string): boolean {
  const name = serverName.toLowerCase().replace(/\.$/, '');
  const parent = name.slice(name.indexOf('.') + 1);
  return certificateNames.some(candidate => {
    const certified = candidate.toLowerCase();
    return certified === name || (name.includes('.') && certified === `*.${parent}`);
  });
}

/** Every connection has numbers of its own, the same in every run. */
function chanceOf(connection: TcpConnection, end: 'client' | 'server'): Chance {
  const { localAddress, localPort, remoteAddress, remotePort } = connection;
  return new Chance(`${end} ${localAddress}:${localPort} ${remoteAddress}:${remotePort}`);
}
