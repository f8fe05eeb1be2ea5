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
}
