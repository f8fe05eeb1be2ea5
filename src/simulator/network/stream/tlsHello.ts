/** ClientHello and ServerHello as RFC 8446 §4.1 has them, as far as a reader of packets looks: server name, version, suite, sizes. */
import { concatBytes, readUint16 } from '../../../packet/headers/bytes';

const helloVersion = [0x03, 0x03];
/** TLS_AES_256_GCM_SHA384 first: its Finished is what makes a client's second flight 80 bytes. */
const cipherSuites = [0x1302, 0x1303, 0x1301, 0xc02c, 0xc030, 0xc02b, 0xc02f, 0x00ff];
const signatureSchemes = [0x0403, 0x0503, 0x0603, 0x0807, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601];
const groups = [0x001d, 0x0017, 0x001e, 0x0019, 0x0018];
const extensionType = {
  serverName: 0,
  groups: 10,
  signatureSchemes: 13,
  applicationProtocol: 16,
  padding: 21,
  versions: 43,
  pskModes: 45,
  keyShare: 51,
} as const;
const clientHelloType = 1;
const serverHelloType = 2;
/** A hello of 256 to 511 bytes is padded to 512 (RFC 7685 §1); with its record header that is the 517 seen on the wire. */
const paddedBytes = 512;
const randomOffset = 6;
const randomBytes = 32;

const text = new TextEncoder();

function uint16(value: number): number[] {
  return [value >>> 8, value & 255];
}

function vector16(bytes: readonly number[]): number[] {
  return [...uint16(bytes.length), ...bytes];
}

function extension(type: number, content: readonly number[]): number[] {
  return [...uint16(type), ...vector16(content)];
}

function handshake(type: number, body: readonly number[]): Uint8Array {
  return Uint8Array.of(type, 0, ...uint16(body.length), ...body);
}

export interface Hello {
  readonly random: Uint8Array;
  /** Empty when the client named none. */
  readonly serverName: string;
}

export function clientHello(
  random: Uint8Array,
  sessionId: Uint8Array,
  keyShare: Uint8Array,
  serverName: string,
): Uint8Array {
  const extensions = [
    ...serverNameExtension(serverName),
    ...extension(extensionType.groups, vector16(groups.flatMap(uint16))),
    ...extension(extensionType.signatureSchemes, vector16(signatureSchemes.flatMap(uint16))),
    ...extension(extensionType.applicationProtocol, vector16([8, ...text.encode('http/1.1')])),
    ...extension(extensionType.versions, [4, 0x03, 0x04, 0x03, 0x03]),
    ...extension(extensionType.pskModes, [1, 1]),
    ...extension(extensionType.keyShare, vector16([...uint16(0x001d), ...vector16([...keyShare])])),
  ];
  const start = [...helloVersion, ...random, sessionId.length, ...sessionId];
  const body = [...start, ...vector16(cipherSuites.flatMap(uint16)), 1, 0];
  const missing = paddedBytes - 4 - body.length - 2 - extensions.length - 4;
  const padding = missing >= 0 ? extension(extensionType.padding, new Array<number>(missing).fill(0)) : [];
  return handshake(clientHelloType, [...body, ...vector16([...extensions, ...padding])]);
}

function serverNameExtension(serverName: string): number[] {
  // RFC 6066 §3: names only, no addresses.
  if (serverName === '' || /^[\d.]+$/.test(serverName)) return [];
  return extension(extensionType.serverName, vector16([0, ...vector16([...text.encode(serverName)])]));
}

export function serverHello(random: Uint8Array, sessionId: Uint8Array, keyShare: Uint8Array): Uint8Array {
  const extensions = [
    ...extension(extensionType.versions, [0x03, 0x04]),
    ...extension(extensionType.keyShare, [...uint16(0x001d), ...vector16([...keyShare])]),
  ];
  const start = [...helloVersion, ...random, sessionId.length, ...sessionId];
  return handshake(serverHelloType, [...start, ...uint16(0x1302), 0, ...vector16(extensions)]);
}

/** Undefined for anything that is not a whole ClientHello. */
export function readClientHello(content: Uint8Array): (Hello & { readonly sessionId: Uint8Array }) | undefined {
  if (content[0] !== clientHelloType || content.length < randomOffset + randomBytes + 1) return undefined;
  const sessionIdAt = randomOffset + randomBytes + 1;
  const sessionId = content.slice(sessionIdAt, sessionIdAt + (content[sessionIdAt - 1] as number));
  let offset = sessionIdAt + sessionId.length;
  offset += 2 + readUint16(content, offset);
  offset += 1 + (content[offset] ?? 0);
  const end = Math.min(content.length, offset + 2 + readUint16(content, offset));
  return { random: randomOf(content), sessionId, serverName: findServerName(content, offset + 2, end) };
}

function findServerName(content: Uint8Array, start: number, end: number): string {
  for (let offset = start; offset + 4 <= end; offset += 4 + readUint16(content, offset + 2)) {
    if (readUint16(content, offset) !== extensionType.serverName) continue;
    const nameAt = offset + 9;
    return new TextDecoder().decode(content.subarray(nameAt, nameAt + readUint16(content, nameAt - 2)));
  }
  return '';
}

/** Undefined for anything that is not a ServerHello. */
export function readServerHello(content: Uint8Array): Pick<Hello, 'random'> | undefined {
  if (content[0] !== serverHelloType || content.length < randomOffset + randomBytes) return undefined;
  return { random: randomOf(content) };
}

function randomOf(content: Uint8Array): Uint8Array {
  return content.slice(randomOffset, randomOffset + randomBytes);
}

/** What a server proves: the names it may be called by. Padded to the size of a usual chain of certificates. */
export function certificateFlight(names: readonly string[], chainBytes: number): Uint8Array {
  const list = text.encode(JSON.stringify(names));
  const padding = new Uint8Array(Math.max(0, chainBytes - list.length - 2));
  return concatBytes(Uint8Array.from(uint16(list.length)), list, padding);
}

/** Undefined when the content is no such flight. */
export function readCertificateNames(content: Uint8Array): readonly string[] | undefined {
  const list = content.subarray(2, 2 + readUint16(content, 0));
  try {
    const names: unknown = JSON.parse(new TextDecoder().decode(list));
    return Array.isArray(names) ? names.filter(name => typeof name === 'string') : undefined;
  } catch {
    return undefined;
  }
}
