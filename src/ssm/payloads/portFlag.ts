/** What a flag frame tells the other end of a port session (aws/session-manager-plugin:src/message). */
export const PortFlag = {
  /** The client's connection is gone: close the one to the port, open another with the next data. */
  disconnectToPort: 1,
  terminateSession: 2,
  /** The agent could not connect to the port. */
  connectToPortError: 3,
} as const;

const FLAG_BYTES = 4;

/** Four bytes, big-endian. */
export function encodePortFlag(flag: number): Uint8Array {
  const payload = new Uint8Array(FLAG_BYTES);
  new DataView(payload.buffer).setUint32(0, flag);
  return payload;
}

/** Undefined for a payload that is too short. */
export function readPortFlag(payload: Uint8Array): number | undefined {
  if (payload.length < FLAG_BYTES) return undefined;
  return new DataView(payload.buffer, payload.byteOffset, payload.byteLength).getUint32(0);
}
