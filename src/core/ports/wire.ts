/** An HTTP request as bytes: what an SDK client sends and the practice cloud answers, wherever it runs. */
export interface WireRequest {
  readonly method: string;
  /** Host header's value, with the port when it is not the scheme's own. */
  readonly host: string;
  /** Path only, percent-encoded as sent, beginning with `/`. */
  readonly path: string;
  /** Raw query without `?`, empty when there is none. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface WireResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type WireHandler = (request: WireRequest, signal?: AbortSignal) => Promise<WireResponse>;

/** One message of a data channel's WebSocket: the opening frame is text, all others are binary. */
export type ChannelMessage = string | Uint8Array;

/** What closed a channel. 1000 `Bye` is the hourly hang-up of the gateway, 1006 a lost link. */
export interface ChannelClose {
  readonly code: number;
  readonly reason: string;
}

/**
 * Both ends of a WebSocket-like link: whole messages, in order. `onMessage` and `onClose` are set once, before the first turn of the
 * event loop after opening; payloads belong to the receiver.
 */
export interface ChannelTransport {
  onMessage: ((message: ChannelMessage) => void) | undefined;
  onClose: ((close: ChannelClose) => void) | undefined;
  send(message: ChannelMessage): void;
  /** Asks the other end to prove it lives; resolves when it answered. */
  ping(): Promise<void>;
  close(code?: number, reason?: string): void;
}
