/**
 * SSH's transport layer (RFC 4253), both ends: banners, key exchange by curve25519-sha256 (RFC 8731), AES in counter mode (RFC 4344) and
 * HMAC with SHA-256 (RFC 6668). It is the real protocol, so that real clients can speak to an instance and captures read as SSH.
 */
import { concatBytes, readUint32 } from '../../../packet/headers/bytes';
import type { Chance } from '../../chance';
import type { Digests } from '../../digests';
import { ByteReader } from '../../network/stream/byteReader';
import type { ByteStream } from '../../network/stream/byteStream';
import { encodeText } from '../kernel/text';
import { ed25519Key, verifySignature } from './sshKeys';
import { flag, Message, message, mpint, SshClosed, SshError, SshReader, text, uint32 } from './sshWire';

export const sshBanner = 'SSH-2.0-OpenSSH_8.7';
const hostKeyKind = 'ssh-ed25519';
const exchanges = ['curve25519-sha256', 'curve25519-sha256@libssh.org'];
const ciphers = ['aes256-ctr', 'aes128-ctr'];
const macs = ['hmac-sha2-256'];
const compressions = ['none'];
const blockBytes = 16;
const macBytes = 32;
const packetLimitBytes = 262_144;
const bannerLimitBytes = 255;
const linesBeforeBanner = 50;

export type SshRole =
  | { readonly kind: 'server'; readonly hostKeySeed: Uint8Array }
  /** Told the server's key before it is trusted; false breaks off. */
  | { readonly kind: 'client'; acceptHostKey(key: Uint8Array): Promise<boolean> };

export interface SshTransportOptions {
  readonly stream: ByteStream;
  readonly digests: Digests;
  readonly chance: Chance;
  readonly role: SshRole;
}

/** One direction of packets. */
interface Protection {
  readonly crypt: (bytes: Uint8Array) => Uint8Array;
  readonly macKey: Uint8Array;
}

export class SshTransport {
  readonly #options: SshTransportOptions;
  readonly #reader: ByteReader;
  #peerBanner = '';
  #sessionId: Uint8Array | undefined;
  #outgoing: Protection | undefined;
  #incoming: Protection | undefined;
  #sent = 0;
  #received = 0;
  #wantsExtensions = false;
  /** Packets that wait while keys are exchanged anew. */
  #held: Uint8Array[] | undefined;

  constructor(options: SshTransportOptions) {
    this.#options = options;
    this.#reader = new ByteReader(options.stream);
  }

  /** The first exchange hash. */
  get sessionId(): Uint8Array {
    if (!this.#sessionId) throw new SshError('no keys yet');
    return this.#sessionId;
  }

  get peerBanner(): string {
    return this.#peerBanner;
  }

  /** Rejects with {@link SshError}, and with the stream's own errors. */
  async open(): Promise<void> {
    this.#options.stream.write(encodeText(`${sshBanner}\r\n`));
    this.#peerBanner = await this.#readBanner();
    const own = this.#keyExchangeInit();
    this.#write(own);
    const peer = await this.#receiveOnly(Message.keyExchangeInit);
    await this.#exchange(own, peer);
    if (this.#wantsExtensions)
      this.#write(
        message(
          Message.extensionInfo,
          uint32(1),
          text('server-sig-algs'),
          text('ssh-ed25519,rsa-sha2-512,rsa-sha2-256'),
        ),
      );
  }

  send(payload: Uint8Array): void {
    if (this.#held) this.#held.push(payload);
    else this.#write(payload);
  }

  /** The next message for the layers above; undefined at the end. */
  async receive(): Promise<Uint8Array | undefined> {
    for (;;) {
      const payload = await this.#receiveRaw();
      if (!payload) return undefined;
      switch (payload[0]) {
        case Message.disconnect:
          return undefined;
        case Message.ignore:
        case Message.debug:
        case Message.unimplemented:
        case Message.extensionInfo:
          continue;
        case Message.keyExchangeInit:
          await this.#exchangeAgain(payload);
          continue;
        default:
          return payload;
      }
    }
  }

  /** Says goodbye. */
  disconnect(reason: number, description: string): void {
    this.#write(message(Message.disconnect, uint32(reason), text(description), text('')));
    this.#options.stream.close();
  }

  async #exchangeAgain(peer: Uint8Array): Promise<void> {
    this.#held = [];
    const own = this.#keyExchangeInit();
    this.#write(own);
    await this.#exchange(own, peer);
    const held = this.#held;
    this.#held = undefined;
    for (const payload of held) this.#write(payload);
  }

  async #readBanner(): Promise<string> {
    for (let count = 0; count < linesBeforeBanner; count++) {
      const line = await this.#reader.line(bannerLimitBytes);
      if (line === undefined) throw new SshClosed('identification');
      if (line.startsWith('SSH-2.0-') || line.startsWith('SSH-1.99-')) return line;
      if (this.#options.role.kind === 'server') break;
    }
    throw new SshError('no banner');
  }

  #keyExchangeInit(): Uint8Array {
    const { chance, role } = this.#options;
    const extra = role.kind === 'client' ? ['ext-info-c'] : [];
    const both = (names: readonly string[]) => [text(names.join(',')), text(names.join(','))];
    return message(
      Message.keyExchangeInit,
      chance.bytes(16),
      text([...exchanges, ...extra].join(',')),
      text(hostKeyKind),
      ...both(ciphers),
      ...both(macs),
      ...both(compressions),
      ...both([]),
      flag(false),
      uint32(0),
    );
  }

  async #exchange(own: Uint8Array, peer: Uint8Array): Promise<void> {
    const { role, digests, chance } = this.#options;
    const isServer = role.kind === 'server';
    const chosen = this.#choose(isServer ? peer : own, isServer ? own : peer);
    const secret = chance.bytes(32);
    const ownPublic = digests.ssh.x25519Public(secret);
    const clientInit = isServer ? peer : own;
    const serverInit = isServer ? own : peer;
    const hashOf = (hostKey: Uint8Array, clientPublic: Uint8Array, serverPublic: Uint8Array, shared: Uint8Array) =>
      digests.sha256(
        concatBytes(
          text(isServer ? this.#peerBanner : sshBanner),
          text(isServer ? sshBanner : this.#peerBanner),
          text(clientInit),
          text(serverInit),
          text(hostKey),
          text(clientPublic),
          text(serverPublic),
          mpint(shared),
        ),
      );
    const { shared, hash } = isServer
      ? await this.#answerExchange(role.hostKeySeed, secret, ownPublic, hashOf)
      : await this.#beginExchange(role, secret, ownPublic, hashOf);
    this.#sessionId ??= hash;
    this.#write(message(Message.newKeys));
    this.#outgoing = this.#protection(
      shared,
      hash,
      isServer ? 'BDF' : 'ACE',
      isServer ? chosen.serverCipher : chosen.clientCipher,
    );
    await this.#receiveOnly(Message.newKeys);
    this.#incoming = this.#protection(
      shared,
      hash,
      isServer ? 'ACE' : 'BDF',
      isServer ? chosen.clientCipher : chosen.serverCipher,
    );
  }

  async #answerExchange(
    hostKeySeed: Uint8Array,
    secret: Uint8Array,
    ownPublic: Uint8Array,
    hashOf: (hostKey: Uint8Array, client: Uint8Array, server: Uint8Array, shared: Uint8Array) => Uint8Array,
  ): Promise<{ readonly shared: Uint8Array; readonly hash: Uint8Array }> {
    const { digests } = this.#options;
    const init = await this.#receiveOnly(Message.ecdhInit);
    const peerPublic = new SshReader(init.subarray(1)).bytesField().slice();
    const shared = this.#agree(secret, peerPublic);
    const hostKey = ed25519Key(digests.ssh.ed25519Public(hostKeySeed));
    const hash = hashOf(hostKey, peerPublic, ownPublic, shared);
    const signature = concatBytes(text(hostKeyKind), text(digests.ssh.ed25519Sign(hostKeySeed, hash)));
    this.#write(message(Message.ecdhReply, text(hostKey), text(ownPublic), text(signature)));
    return { shared, hash };
  }

  async #beginExchange(
    role: Extract<SshRole, { kind: 'client' }>,
    secret: Uint8Array,
    ownPublic: Uint8Array,
    hashOf: (hostKey: Uint8Array, client: Uint8Array, server: Uint8Array, shared: Uint8Array) => Uint8Array,
  ): Promise<{ readonly shared: Uint8Array; readonly hash: Uint8Array }> {
    this.#write(message(Message.ecdhInit, text(ownPublic)));
    const reply = await this.#receiveOnly(Message.ecdhReply);
    const reader = new SshReader(reply.subarray(1));
    const hostKey = reader.bytesField().slice();
    const peerPublic = reader.bytesField().slice();
    const signature = reader.bytesField().slice();
    const shared = this.#agree(secret, peerPublic);
    const hash = hashOf(hostKey, ownPublic, peerPublic, shared);
    if (!verifySignature(this.#options.digests, hostKey, signature, hash)) throw new SshError('incorrect signature');
    if (!(await role.acceptHostKey(hostKey))) throw new SshError('Host key verification failed.');
    return { shared, hash };
  }

  #agree(secret: Uint8Array, peerPublic: Uint8Array): Uint8Array {
    if (peerPublic.length !== 32) throw new SshError('no point');
    try {
      return this.#options.digests.ssh.x25519Agree(secret, peerPublic);
    } catch {
      throw new SshError('no point');
    }
  }

  /** The first of the client's algorithms that the server has too (RFC 4253 §7.1). */
  #choose(
    clientInit: Uint8Array,
    serverInit: Uint8Array,
  ): { readonly clientCipher: string; readonly serverCipher: string } {
    const client = listsOf(clientInit);
    const server = listsOf(serverInit);
    this.#wantsExtensions = this.#options.role.kind === 'server' && (client[0]?.includes('ext-info-c') ?? false);
    const chosen = client.slice(0, 8).map((names, index) => names.find(name => server[index]?.includes(name)));
    const missing = chosen.indexOf(undefined);
    if (missing >= 0)
      throw new SshError(`no matching ${kinds[missing]} found. Their offer: ${client[missing]?.join(',')}`);
    return { clientCipher: chosen[2] as string, serverCipher: chosen[3] as string };
  }

  /** RFC 4253 §7.2. Letters: initial counter, cipher key, MAC key. */
  #protection(shared: Uint8Array, hash: Uint8Array, letters: string, cipher: string): Protection {
    const { digests } = this.#options;
    const derive = (index: number) =>
      digests.sha256(concatBytes(mpint(shared), hash, encodeText(letters[index] as string), this.sessionId));
    const keyBytes = cipher === 'aes256-ctr' ? 32 : 16;
    return {
      crypt: digests.ssh.aesCtr(derive(1).slice(0, keyBytes), derive(0).slice(0, blockBytes)),
      macKey: derive(2),
    };
  }

  /** RFC 4253 §6. */
  #write(payload: Uint8Array): void {
    const block = this.#outgoing ? blockBytes : 8;
    let paddingBytes = block - ((5 + payload.length) % block);
    if (paddingBytes < 4) paddingBytes += block;
    const padding = this.#options.chance.bytes(paddingBytes);
    const packet = concatBytes(
      uint32(1 + payload.length + paddingBytes),
      Uint8Array.of(paddingBytes),
      payload,
      padding,
    );
    const number = this.#sent++;
    if (!this.#outgoing) {
      this.#options.stream.write(packet);
      return;
    }
    const { crypt, macKey } = this.#outgoing;
    const mac = this.#options.digests.hmacSha256(macKey, concatBytes(uint32(number), packet));
    this.#options.stream.write(concatBytes(crypt(packet), mac));
  }

  /** The key exchange's next message, which can only be this one. */
  async #receiveOnly(kind: number): Promise<Uint8Array> {
    const payload = await this.#receiveRaw();
    if (!payload) throw new SshClosed('packets');
    if (payload[0] !== kind) throw new SshError('no key exchange');
    return payload;
  }

  async #receiveRaw(): Promise<Uint8Array | undefined> {
    const first = await this.#reader.exactly(this.#incoming ? blockBytes : 8);
    if (!first) return undefined;
    const start = this.#incoming ? this.#incoming.crypt(first) : first;
    const lengthBytes = readUint32(start, 0);
    const restBytes = lengthBytes + 4 - first.length;
    if (lengthBytes > packetLimitBytes || restBytes < 0) throw new SshError('Bad packet length');
    const rest = restBytes > 0 ? await this.#expect(restBytes) : new Uint8Array(0);
    const packet = concatBytes(start, this.#incoming ? this.#incoming.crypt(rest) : rest);
    const number = this.#received++;
    if (this.#incoming) await this.#checkMac(this.#incoming.macKey, number, packet);
    return packet.slice(5, packet.length - (packet[4] as number));
  }

  async #checkMac(key: Uint8Array, number: number, packet: Uint8Array): Promise<void> {
    const mac = await this.#expect(macBytes);
    const wanted = this.#options.digests.hmacSha256(key, concatBytes(uint32(number), packet));
    if (wanted.some((byte, index) => byte !== mac[index])) throw new SshError('Corrupted MAC on input.');
  }

  async #expect(lengthBytes: number): Promise<Uint8Array> {
    const bytes = await this.#reader.exactly(lengthBytes);
    if (!bytes) throw new SshClosed('packets');
    return bytes;
  }
}

const kinds = [
  'key exchange method',
  'host key type',
  'cipher',
  'cipher',
  'MAC',
  'MAC',
  'compression method',
  'compression method',
];

function listsOf(init: Uint8Array): readonly (readonly string[])[] {
  const reader = new SshReader(init.subarray(17));
  return Array.from({ length: 10 }, () => reader.names());
}
