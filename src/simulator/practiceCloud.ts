/** The practice cloud as everyone outside of it sees it: bytes in, bytes out. */
import type { ChannelTransport, WireHandler } from '../core/ports/wire';

export interface PracticeAccount {
  /** `provider` or `consumer`. */
  readonly name: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface PracticeCloud {
  readonly region: string;
  /** Provider first. */
  readonly accounts: readonly PracticeAccount[];
  /** API requests of every service; checks signatures; never rejects. */
  readonly handle: WireHandler;
  /** The gateway's end of a data channel for a stream URL (path and query count, the host does not). */
  openChannel(streamUrl: string, headers: Readonly<Record<string, string>>): ChannelTransport;
  /**
   * A tunnel through an EC2 Instance Connect Endpoint, by its presigned URL (`wss://<endpoint's DNS name>/openTunnel?…`): binary messages
   * carry the bytes of a TCP connection. Closes with 1006 and the service's refusal as JSON (`ErrorCode`, `Message`) when the URL is not
   * accepted, with 1011 when nobody answers at the instance.
   */
  openTunnel(url: string): ChannelTransport;
}
