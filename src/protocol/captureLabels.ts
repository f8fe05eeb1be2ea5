import type { FlowState } from '../core/captureFlow';
import type { AddressClassNames } from './capture';
import type { PacketLabels } from './packetLabels';
import type { StartLabels } from './startLabels';

/** By the codes of the display filter's problems. */
export interface DisplayProblemLabels {
  readonly unclosedQuote: string;
  readonly nothingAfterMinus: string;
  readonly address: string;
  readonly port: string;
  readonly class: string;
  readonly flag: string;
  readonly interface: string;
  readonly route: string;
}

/** Kinds of places that the rate chart tells apart. */
export type RateGroup =
  | 'endpoint'
  | 'gatewayEndpoint'
  | 'resolver'
  | 'peering'
  | 'loadBalancer'
  | 'local'
  | 'internet'
  | 'other';

/** The words of the table of flows. */
export interface FlowLabels {
  readonly title: string;
  readonly hint: string;
  readonly none: string;
  /** `{0}` flows. */
  readonly all: string;
  /** The first `{0}` of `{1}` flows. */
  readonly someOf: string;
  /** What choosing a flow does. */
  readonly choose: string;
  /** `{0}` sent by the source, `{1}` received. */
  readonly eachWay: string;
  readonly columns: Readonly<Record<FlowColumnName, { readonly text: string; readonly hint: string }>>;
  /** `{0}` SYNs. */
  readonly states: Readonly<Record<FlowState, string>>;
}

export type FlowColumnName =
  | 'first'
  | 'source'
  | 'destination'
  | 'protocol'
  | 'place'
  | 'state'
  | 'packets'
  | 'bytes'
  | 'handshake'
  | 'retries'
  | 'duration';

/** The page's own words, translated by the host and handed over with the page. `{0}`, `{1}` are filled in by the page. */
export interface CaptureLabels {
  readonly filter: string;
  readonly filterHint: string;
  readonly start: string;
  readonly stop: string;
  readonly startLabels: StartLabels;
  readonly clear: string;
  readonly save: string;
  readonly raw: string;
  readonly rawTitle: string;
  /** The group of buttons that choose between packets, flows and the raw stream. */
  readonly views: string;
  readonly packetsTitle: string;
  readonly flows: FlowLabels;
  readonly tableTitle: string;
  readonly columns: {
    readonly number: string;
    readonly time: string;
    readonly source: string;
    readonly destination: string;
    readonly protocol: string;
    readonly length: string;
    readonly info: string;
  };
  readonly noPacketsIdle: string;
  readonly noPacketsRunning: string;
  readonly jumpToLatest: string;
  readonly displayFilter: string;
  readonly displayFilterHint: string;
  readonly displayFilterPlaceholder: string;
  readonly showAll: string;
  /** `{0}` packets are shown, of `{1}` that are held. */
  readonly shownPackets: string;
  /** `{0}` packets match of the first `{1}`, of `{2}` that are held. */
  readonly shownPacketsSoFar: string;
  readonly noneShown: string;
  /** What is wrong with a display filter; `{0}` is the word, `{1}` what it could be. */
  readonly displayProblems: DisplayProblemLabels;
  readonly interfaces: string;
  readonly noInterfaces: string;
  readonly routes: string;
  readonly names: string;
  readonly refreshNetwork: string;
  readonly openEndpoint: string;
  readonly answerPrivate: string;
  readonly answerPublic: string;
  readonly blackhole: string;
  /** Of an interface or a route that is no longer there. */
  readonly gone: string;
  /** The network changed at time `{0}`; packets from number `{1}` on are judged by what was read then. */
  readonly networkChanged: string;
  /** Since time `{0}` packets `{1}`, before then `{2}`. */
  readonly countsSplit: string;
  /** `{0}` packets. */
  readonly packets: string;
  /** `{0}` packets, `{1}` fell out of the ring. */
  readonly packetsDropped: string;
  /** `{0}` lines that are no packets. */
  readonly unparsed: string;
  /** `{0}` packets of conversations beyond those that are kept. */
  readonly untracked: string;
  /** `{0}` packets that the instance's kernel dropped. */
  readonly droppedByKernel: string;
  /** `{0}` frames of the session itself. */
  readonly channelFrames: string;
  readonly prediction: string;
  /** `{0}` is a button with a packet's number. */
  readonly firstDisagreeing: string;
  readonly showPacket: string;
  readonly packetsPerSecond: string;
  readonly rateGroups: Readonly<Record<RateGroup, string>>;
  /** In the last `{0}` seconds so many packets: `{1}`, a list of names and numbers. */
  readonly rateSummary: string;
  readonly addressClasses: AddressClassNames;
  readonly packetView: PacketLabels;
}
