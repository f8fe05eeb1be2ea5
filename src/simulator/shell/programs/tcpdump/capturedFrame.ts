/** A frame as tcpdump got it: cut to the snapshot length. */
export interface CapturedFrame {
  readonly timeMicros: number;
  readonly bytes: Uint8Array;
  readonly originalBytes?: number;
  readonly interfaceName?: string;
  readonly interfaceIndex?: number;
  readonly direction?: 'in' | 'out';
}
