/** The client's end of smux, version 1, as the official client uses it (xtaci/smux): written without our own codec. */
import type { OfficialClient } from './officialClient';

const OPEN = 0;
const FINISH = 1;
const DATA = 2;

export class SmuxClient {
  readonly frames: { readonly command: number; readonly stream: number; readonly data: Buffer }[] = [];
  #nextStream = 1;
  #rest = Buffer.alloc(0);

  constructor(readonly client: OfficialClient) {
    client.onPayload = (type, bytes) => {
      if (type === 1) this.#read(bytes);
    };
  }

  open(): number {
    this.#nextStream += 2;
    this.#send(OPEN, this.#nextStream);
    return this.#nextStream;
  }

  write(stream: number, data: string | Buffer): void {
    this.#send(DATA, stream, Buffer.from(data as string));
  }

  finish(stream: number): void {
    this.#send(FINISH, stream);
  }

  dataOf(stream: number): Buffer {
    return Buffer.concat(this.frames.filter(frame => frame.stream === stream).map(({ data }) => data));
  }

  hasFinished(stream: number): boolean {
    return this.frames.some(frame => frame.stream === stream && frame.command === FINISH);
  }

  #send(command: number, stream: number, data = Buffer.alloc(0)): void {
    const header = Buffer.of(1, command, 0, 0, 0, 0, 0, 0);
    header.writeUInt16LE(data.length, 2);
    header.writeUInt32LE(stream, 4);
    this.client.write(Buffer.concat([header, data]));
  }

  #read(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    while (this.#rest.length >= 8) {
      const end = 8 + this.#rest.readUInt16LE(2);
      if (this.#rest[0] !== 1) throw new Error(`smux version ${this.#rest[0]}`);
      if (this.#rest.length < end) return;
      const frame = { command: this.#rest[1] ?? 0, stream: this.#rest.readUInt32LE(4) };
      this.frames.push({ ...frame, data: this.#rest.subarray(8, end) });
      this.#rest = this.#rest.subarray(end);
    }
  }
}
