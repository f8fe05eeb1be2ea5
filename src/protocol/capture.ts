/** The whole conversation between the capture panel (host) and its page. Calls go up, pushes come down. */

import type { CaptureFlow } from '../core/captureFlow';
import type { CaptureStartOptions } from '../core/captureOptions';
import type { AddressClass } from '../core/classification';

/** What the page may ask for. Every call ends in a value or in an error text fit for people. */
export interface CaptureCalls {
  /** The page is there (first time, or shown again): answered by a `state` and a `snapshot` push. */
  ready(): Promise<void>;
  start(options: CaptureStartOptions): Promise<void>;
  stop(): Promise<void>;
  clear(): Promise<void>;
  /** Asks where to save what is held. */
  save(): Promise<void>;
  /** Reads route table and interfaces anew. */
  refreshNetwork(): Promise<void>;
  /** Asks for flows, all or those that changed since it last asked: answered by a `flows` push when there are any. */
  flows(which: 'all' | 'changed'): Promise<void>;
  openEndpoint(endpointId: string): Promise<void>;
  /** Does what `CaptureState.remedy` says. */
  remedy(): Promise<void>;
  copy(text: string): Promise<void>;
  /** The packet of a row, from its link layer on; undefined where only its line is held. */
  packetBytes(row: number): Promise<ArrayBuffer | undefined>;
}

export type CapturePhase = 'idle' | 'starting' | 'running' | 'stopping' | 'stopped' | 'failed';

/** Text in here is finished: the host has translated it. */
export interface CaptureState {
  readonly phase: CapturePhase;
  /** What is happening or went wrong, one sentence; empty when there is nothing to say. */
  readonly message: string;
  /** On the button beside the message, for what would help best; empty when nothing is wrong. */
  readonly remedy: string;
  readonly instanceName: string;
  readonly instanceId: string;
  readonly instanceAddress: string;
  readonly availabilityZone: string;
  /** PRACTICE, LOCAL or LIVE, and the scope's label; a capture from a file has none and cannot be started. */
  readonly scopeKind: 'practice' | 'local' | 'live' | 'file';
  readonly scopeLabel: string;
  /** What the capture was last started with, or would be. */
  readonly startOptions: CaptureStartOptions;
  /** Filters to choose from, the nearest first. */
  readonly presets: readonly FilterPresetView[];
  /** Interfaces that the instance said it has, such as `enX0` and `docker0`; empty until it was asked. `any` is always possible. */
  readonly interfaceNames: readonly string[];
  readonly verdict: VerdictView;
  readonly prediction: string;
  readonly routeTable: RouteTableView;
  readonly interfaces: readonly InterfaceRowView[];
  /** Why there are no interfaces, when they could not be read. */
  readonly interfacesGap: string;
  /** Oldest first; more than one when the network changed during the capture. */
  readonly networkStamps: readonly NetworkStampView[];
  /** Names and answers seen in captured DNS packets. */
  readonly names: readonly NameRowView[];
  /** Lines that are no packets, or not understood. */
  readonly unparsedLines: number;
  /** Packets of conversations beyond those that are kept: neither among the flows nor judged. */
  readonly untrackedPackets: number;
  readonly droppedByKernel: number | undefined;
  /** Frames of the session's own channel, which the filter excludes. */
  readonly channelFrames: number;
}

export interface FilterPresetView {
  readonly label: string;
  readonly filter: string;
}

export interface VerdictView {
  readonly kind: 'private' | 'notPrivate' | 'cannotTell';
  /** The short word that opens the sentence: "Private". */
  readonly label: string;
  readonly sentence: string;
  readonly endpointId: string | undefined;
  /** 1-based number of the first packet that speaks against it, when one does. */
  readonly firstDisagreeing: number | undefined;
}

export interface RouteRowView {
  readonly destination: string;
  readonly target: string;
  readonly note: string;
  readonly isBlackhole: boolean;
  /** The network as it is now lacks it; packets went by it before. */
  readonly isGone: boolean;
}

export interface RouteTableView {
  readonly title: string;
  /** Why there are no rows, when it could not be read. */
  readonly gap: string;
  readonly rows: readonly RouteRowView[];
}

export interface InterfaceRowView {
  readonly networkInterfaceId: string;
  readonly address: string;
  readonly availabilityZone: string;
  readonly endpointId: string;
  readonly endpointName: string;
  readonly isGone: boolean;
}

/** From which row on (0-based) packets were judged by the network as it was read at `time`, a time of day for people. */
export interface NetworkStampView {
  readonly firstRow: number;
  readonly time: string;
}

export interface NameRowView {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly isPrivate: boolean;
}

/**
 * `columns` is one batch of `packet/packetColumns`, packed. `first` is the number of its first row since the capture began (0-based);
 * `droppedRows` have fallen out of the ring. `interfaceCounts` and `routeCounts` are totals, by row of the views above; the
 * earlier ones are how much of them was counted before the network last changed.
 */
export interface RowsPush {
  readonly first: number;
  readonly count: number;
  readonly columns: ArrayBuffer;
  readonly droppedRows: number;
  readonly interfaceCounts: readonly number[];
  readonly routeCounts: readonly number[];
  readonly earlierInterfaceCounts: readonly number[];
  readonly earlierRouteCounts: readonly number[];
}

export type CapturePush =
  | { readonly kind: 'state'; readonly state: CaptureState }
  /** Replaces all rows; flows are void as well. */
  | ({ readonly kind: 'snapshot' } & RowsPush)
  /** Adds rows. */
  | ({ readonly kind: 'rows' } & RowsPush)
  /** Adds and replaces flows by their id; there are `count` by now, and more may have changed. */
  | { readonly kind: 'flows'; readonly changed: readonly CaptureFlow[]; readonly count: number }
  /** The stream as it came, for the raw view; `reset` empties it first. `missingBytes` of it are held no longer. */
  | { readonly kind: 'raw'; readonly text: string; readonly missingBytes: number; readonly reset: boolean };

export type CallName = keyof CaptureCalls;

/** Page to host. */
export type CaptureRequest = { readonly [Name in CallName]: RequestOf<Name> }[CallName];

interface RequestOf<Name extends CallName> {
  readonly kind: 'call';
  readonly id: number;
  readonly call: Name;
  readonly argument: Parameters<CaptureCalls[Name]>[0];
}

/** Host to page. */
export type CaptureMessage =
  | CapturePush
  | { readonly kind: 'done'; readonly id: number; readonly value?: ArrayBuffer | undefined }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string };

export type AddressClassNames = Readonly<Record<AddressClass, string>>;
