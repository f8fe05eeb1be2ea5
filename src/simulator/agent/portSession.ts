import type { PluginRun } from './sessionPlugin';

/** One way of carrying connections through a port session. */
export interface PortSession {
  /** Whether input can be taken. */
  readonly isReady: boolean;
  /** Runs until the connection or the session ends; resolves with the text for `channel_closed`. */
  execute(run: PluginRun): Promise<string>;
  /** Bytes from the client. */
  takeBytes(bytes: Uint8Array): void;
  /** The client's connection is gone. */
  disconnect(): void;
  /** Closes whatever is open. */
  close(): void;
}
