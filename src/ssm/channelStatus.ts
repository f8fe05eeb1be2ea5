/** What a person should hear about a channel while it lives. */
export type ChannelStatus =
  /** Input flows from now on. */
  | { readonly kind: 'ready' }
  /** The gateway has lost the agent; `agentReachable` follows when it is back. */
  | { readonly kind: 'agentUnreachable' }
  | { readonly kind: 'agentReachable' }
  /** The link is gone; the next attempt to resume begins after `delayMs`. `error`: what the last one met, undefined before the first. */
  | { readonly kind: 'reconnecting'; readonly attempt: number; readonly delayMs: number; readonly error: unknown }
  | { readonly kind: 'reconnected' }
  /** Output that will not come any more. */
  | { readonly kind: 'outputLost'; readonly frames: number }
  /** Keys that found no room, because nothing is acknowledged. */
  | { readonly kind: 'inputDropped'; readonly bytes: number }
  /** A sentence of the agent's for the person in front of the screen. */
  | { readonly kind: 'notice'; readonly text: string };

/** Why a session is over. */
export interface SessionEnd {
  readonly cause: /** The program ended. */
    | 'finished'
    /** The service ended it after the idle limit. */
    | 'timedOut'
    /** The agent or the service gave a reason; see `reason`. */
    | 'failed'
    /** The session could not be resumed: the service knows it no longer. */
    | 'gone'
    /** No link for so long that the session must be over. */
    | 'unreachable'
    /** We ended it. */
    | 'ended';
  /** The other end's own words; empty when there are none. */
  readonly reason: string;
  /** Only documents with separate streams report one. */
  readonly exitCode: number | undefined;
}
