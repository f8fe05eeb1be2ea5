/** What the practice worker and its host say to each other. Holds nothing that runs, so that the host side stays tiny. */
import type { ChannelClose, ChannelMessage, WireRequest, WireResponse } from '../core/ports/wire';
import type { ChannelFault } from './agent/channelFault';
import type { PracticeAccount } from './practiceCloud';
import type { WorldKind } from './worldKinds';

export type Pace = 'fast' | 'real';

/** How the worker is to begin; it comes as `workerData`. */
export interface WorkerStart {
  readonly world: WorldKind;
  readonly pace: Pace;
  /** The same seed gives the same ids; without it every start has its own. */
  readonly seed?: string;
  /** Where the world is kept over restarts and shared between windows; without it, it ends with the worker. */
  readonly folder?: string;
  /** What goes wrong on its data channels. */
  readonly channelFaults?: readonly ChannelFault[];
}

/** From the host. Ids are the host's: one number for each request and for each channel. */
export type ToWorker =
  | { readonly kind: 'request'; readonly id: number; readonly request: WireRequest }
  | {
      readonly kind: 'channelOpen';
      readonly id: number;
      readonly streamUrl: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** A tunnel through an EC2 Instance Connect Endpoint; from then on it is a channel like others. */
  | { readonly kind: 'tunnelOpen'; readonly id: number; readonly url: string }
  | { readonly kind: 'channelMessage'; readonly id: number; readonly message: ChannelMessage }
  | { readonly kind: 'channelClose'; readonly id: number; readonly close: ChannelClose }
  | { readonly kind: 'channelPing'; readonly id: number; readonly ping: number }
  | { readonly kind: 'reset'; readonly id: number };

/** From the worker. `ready` is the first, `log` may come at any time. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly region: string; readonly accounts: readonly PracticeAccount[] }
  | { readonly kind: 'response'; readonly id: number; readonly response: WireResponse }
  | { readonly kind: 'channelMessage'; readonly id: number; readonly message: ChannelMessage }
  | { readonly kind: 'channelClose'; readonly id: number; readonly close: ChannelClose }
  | { readonly kind: 'channelPong'; readonly id: number; readonly ping: number }
  | { readonly kind: 'resetDone'; readonly id: number; readonly accounts: readonly PracticeAccount[] }
  | { readonly kind: 'log'; readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string };
