import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import type { AesGcm } from '../core/ports/aesGcm';
import type { Sha256 } from './frameCodec';

/** What the channel needs of the world around it. */
export interface ChannelPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly sha256: Sha256;
  readonly aesGcm: AesGcm;
  /** A fresh random uuid, lower case. */
  uuid(): string;
  /** Fit for nonces and keys. */
  randomBytes(length: number): Uint8Array;
  /** From 0 to below 1; spreads the delays before reconnecting. */
  random(): number;
}
