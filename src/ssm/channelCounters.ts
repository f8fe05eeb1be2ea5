/** What a channel has seen so far. Duplicates and early frames are normal, the rest deserves a look. */
export interface ChannelCounters {
  framesReceived: number;
  payloadBytesReceived: number;
  duplicates: number;
  early: number;
  /** Early frames that found no room; they are not acknowledged, so the agent sends them again. */
  refused: number;
  malformed: number;
  /** Frames of a type we do not know. */
  unknown: number;
  holes: number;
  framesLost: number;
  framesSent: number;
  framesResent: number;
  reconnects: number;
  /** Exceptions of whoever listens to the output. */
  listenerErrors: number;
}

/** All at zero. */
export function newChannelCounters(): ChannelCounters {
  return {
    framesReceived: 0,
    payloadBytesReceived: 0,
    duplicates: 0,
    early: 0,
    refused: 0,
    malformed: 0,
    unknown: 0,
    holes: 0,
    framesLost: 0,
    framesSent: 0,
    framesResent: 0,
    reconnects: 0,
    listenerErrors: 0,
  };
}
