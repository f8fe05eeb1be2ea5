/** The parts of npm's ssm-session 1.0.6 that a client needs; the package describes no types. */
declare module 'ssm-session' {
  interface AgentMessage {
    readonly messageType: string;
    readonly sequenceNumber: number;
    readonly messageId: string;
    readonly payloadType: number;
    readonly payload: Uint8Array;
  }
  export const ssm: {
    decode(frame: ArrayBuffer | Uint8Array): AgentMessage;
    sendACK(connection: { send(frame: Uint8Array): void }, message: AgentMessage): void;
  };
}
