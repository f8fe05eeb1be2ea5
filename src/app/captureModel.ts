/** What a capture tells whoever draws it, as codes and values; `words` makes the sentences. */
import type { Disposable } from '../base/disposable';
import type { Event } from '../base/event';
import type { CaptureFileForm } from '../capture/captureExport';
import type { FlowNews } from '../capture/capturePipeline';
import type { HeldText } from '../capture/rawText';
import type { CapturePreset } from '../core/captureFilter';
import type { CaptureStartOptions } from '../core/captureOptions';
import type { LabError } from '../core/errors';
import type { CaptureEvidence } from '../core/evidence';
import type { InstanceId, NetworkInterfaceId, RouteTableId, VpcEndpointId } from '../core/ids';
import type { Route } from '../core/network';
import type { Prediction } from '../core/prediction/prediction';
import type { Gap } from '../core/snapshot';
import type { Verdict } from '../core/verdict';
import type { ChannelStatus } from '../ssm/channelStatus';
import type { InstanceEntry, Scope } from './appModel';

export type CapturePhase = 'idle' | 'starting' | 'running' | 'stopping' | 'stopped' | 'failed';

/** Why a capture stopped that was not asked to. */
export type CaptureEnd = 'stopped' | 'packetLimit' | 'timeLimit' | 'sessionEnded' | 'fileRead' | 'fileCut';

export interface CaptureInstance {
  /** Undefined for a capture from a file, whose name stands in the instance's place. */
  readonly id: InstanceId | undefined;
  readonly name: string | undefined;
  readonly address: string | undefined;
  readonly networkInterfaceId: NetworkInterfaceId | undefined;
  readonly availabilityZone: string | undefined;
}

export interface RouteRow {
  readonly route: Route;
  /** As printed: `172.31.0.0/16`, `pl-78a54011`. */
  readonly destination: string;
  /** As printed: `local`, `igw-…`, `vpce-…`. */
  readonly target: string;
  /** Name of a prefix list: `com.amazonaws.ap-south-1.s3`. */
  readonly prefixListName: string | undefined;
  /** The network as it is now lacks it; packets went by it before. */
  readonly isGone?: boolean;
}

export type RouteTableReading =
  | { readonly known: true; readonly id: RouteTableId; readonly isMain: boolean; readonly rows: readonly RouteRow[] }
  | { readonly known: false; readonly gap: Gap };

export interface InterfaceRow {
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly address: string;
  readonly availabilityZone: string | undefined;
  readonly endpointId: VpcEndpointId | undefined;
  readonly endpointName: string | undefined;
  readonly serviceName: string | undefined;
  /** As in {@link RouteRow}. */
  readonly isGone?: boolean;
}

/** Flows that are handed over at once. */
export const FLOWS_AT_ONCE = 2_000;

/** From which row on packets were judged by the network as it was read at a moment. */
export interface NetworkStamp {
  /** Number of the first such row since the capture began, 0-based. */
  readonly firstRow: number;
  readonly readAtMs: number;
}

export interface NameRow {
  readonly name: string;
  readonly addresses: readonly string[];
  /** Every address belongs to an endpoint's interface. */
  readonly isPrivate: boolean;
}

export interface CaptureStatus {
  readonly phase: CapturePhase;
  /** Why it failed. */
  readonly error: LabError | undefined;
  readonly end: CaptureEnd | undefined;
  /** What a person should hear of the session's link while the capture runs: lost, trying again, output that will not come. */
  readonly link: ChannelStatus | undefined;
  /** Undefined for a capture from a file. */
  readonly scope: Scope | undefined;
  readonly instance: CaptureInstance;
  readonly endpointId: VpcEndpointId | undefined;
  readonly endpointName: string | undefined;
  /** What it was last started with, or would be: at first what the settings say. */
  readonly startOptions: CaptureStartOptions;
  /** Filters to choose from; none for a capture from a file. */
  readonly presets: readonly CapturePreset[];
  /** The expression is none that we know; tcpdump on the instance decides. */
  readonly isFilterUnchecked: boolean;
  /** Interfaces that the instance said it has; empty until it was asked. */
  readonly interfaceNames: readonly string[];
  readonly verdict: Verdict;
  /** What should happen, by the rules alone; undefined until the network was read, or without a service to ask about. */
  readonly prediction: Prediction | undefined;
  readonly routeTable: RouteTableReading;
  readonly interfaces: readonly InterfaceRow[];
  /** Why there are no interfaces, when they could not be read. */
  readonly interfacesGap: Gap | undefined;
  /** One for each network that was read and judged packets, oldest first: more than one when it changed during the capture. */
  readonly networkStamps: readonly NetworkStamp[];
  readonly names: readonly NameRow[];
  readonly unparsedLines: number;
  /** Packets of conversations beyond those that are kept: neither among the flows nor judged. */
  readonly untrackedPackets: number;
  readonly droppedByKernel: number | undefined;
  readonly channelFrames: number;
}

/** Rows of `packet/packetColumns`, packed. */
export interface CapturedRows {
  /** Number of the first row since the capture began, 0-based. */
  readonly first: number;
  readonly count: number;
  readonly columns: ArrayBuffer;
  readonly droppedRows: number;
  /** Totals by row of `interfaces` and of `routeTable.rows`. */
  readonly interfaceCounts: readonly number[];
  readonly routeCounts: readonly number[];
  /** How much of these totals was counted before the network last changed; zeros when it did not. */
  readonly earlierInterfaceCounts: readonly number[];
  readonly earlierRouteCounts: readonly number[];
}

/**
 * A capture on one instance, from before its start until its panel closes (`CaptureSession`), or one from a file (`FileCapture`). Events come at most 30 times a
 * second. `start` does not reject: what went wrong is in the status.
 */
export interface Capture extends Disposable {
  readonly status: CaptureStatus;
  readonly onDidChange: Event<CaptureStatus>;
  /** Rows since the last event. */
  readonly onRows: Event<CapturedRows>;
  /** Text as it came since the last event. */
  readonly onRaw: Event<string>;
  /** All rows and text so far are void: a new run has begun, or they were cleared. What is shown is to be replaced by `snapshot`. */
  readonly onReset: Event<void>;
  /** All rows that are still held, for a page that appears. */
  snapshot(): CapturedRows;
  rawText(): HeldText;
  /** A packet from its link layer on, copied; undefined where only its line is held, or not even that. */
  packetBytes(row: number): ArrayBuffer | undefined;
  /** In what forms it can be saved, the best first. */
  exportForms(): readonly CaptureFileForm[];
  /** The packets that are still held, as a file. Throws a RangeError for a form that `exportForms` does not name. */
  export(form: CaptureFileForm): Uint8Array;
  /** Flows that have changed since they were last taken, as many as are sent at once; all of them again when `isAnew`. */
  takeFlows(isAnew: boolean): FlowNews;
  /** What a verdict rests on. */
  evidence(): CaptureEvidence;
  /** Opens a session and starts tcpdump; resolves when it listens or has failed. A capture that runs is stopped first. */
  start(options: CaptureStartOptions): Promise<void>;
  /** Ends it politely; resolves when the session is over. */
  stop(): Promise<void>;
  /** Forgets packets and text; a capture that runs goes on. */
  clear(): void;
  /** Reads routes, interfaces and endpoints anew. Rejects with a `LabError`; what was known before then stays. */
  refreshNetwork(): Promise<void>;
}

/** An instance as a place to capture traffic to an endpoint. */
export interface CaptureCandidate {
  readonly entry: InstanceEntry;
  /** Hop by hop, from its first interface to the endpoint; undefined for an instance without an interface. */
  readonly prediction: Prediction | undefined;
  readonly reach: 'reaches' | 'doesNotReach' | 'cannotTell' | 'notOnline';
}
