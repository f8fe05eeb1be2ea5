import { DisposableStore } from '../base/disposable';
import { Emitter } from '../base/event';
import { type CaptureFileForm, exportCapture, exportForms } from '../capture/captureExport';
import type { CapturePipeline } from '../capture/capturePipeline';
import type { HeldText } from '../capture/rawText';
import type { CaptureStartOptions } from '../core/captureOptions';
import type { Gap } from '../core/snapshot';
import { type Capture, type CapturedRows, type CaptureStatus, FLOWS_AT_ONCE } from './captureModel';

const NOT_TOLD: Gap = { code: 'fromFile', reading: 'ec2:DescribeRouteTables', detail: undefined };

const NEVER_STARTED: CaptureStartOptions = {
  filter: '',
  mode: 'lines',
  packetLimit: 1,
  timeLimitSeconds: 1,
  snapLengthBytes: 1,
  interfaceName: undefined,
};

/** Of the text at most so much is shown as a stream. */
const MAX_RAW_BYTES = 4 * 1024 * 1024;

/** A capture that was read from a file: it is over, and stays as it is. */
export class FileCapture implements Capture {
  readonly #owned = new DisposableStore();
  readonly #never = <T>() => this.#owned.add(new Emitter<T>()).event;
  readonly onDidChange = this.#never<CaptureStatus>();
  readonly onRows = this.#never<CapturedRows>();
  readonly onRaw = this.#never<string>();
  readonly onReset = this.#never<void>();

  /** `isCut`: the file ends inside a packet, or is broken from there on. */
  constructor(
    private readonly name: string,
    private readonly pipeline: CapturePipeline,
    private readonly isCut: boolean,
  ) {}

  get status(): CaptureStatus {
    const nowhere = { address: undefined, networkInterfaceId: undefined, availabilityZone: undefined };
    return {
      phase: 'stopped',
      error: undefined,
      end: this.isCut ? 'fileCut' : 'fileRead',
      link: undefined,
      scope: undefined,
      instance: { id: undefined, name: this.name, ...nowhere },
      endpointId: undefined,
      endpointName: undefined,
      startOptions: NEVER_STARTED,
      presets: [],
      isFilterUnchecked: false,
      interfaceNames: [],
      verdict: { kind: 'cannotTell', missing: 'fromFile', packets: this.pipeline.packets },
      prediction: undefined,
      routeTable: { known: false, gap: NOT_TOLD },
      interfaces: [],
      interfacesGap: NOT_TOLD,
      networkStamps: [],
      names: this.evidence().names.map(seen => ({ ...seen, isPrivate: false })),
      unparsedLines: this.pipeline.unparsedLines,
      untrackedPackets: this.pipeline.untrackedPackets,
      droppedByKernel: this.pipeline.statistics.droppedByKernel,
      channelFrames: 0,
    };
  }

  snapshot(): CapturedRows {
    return {
      ...this.pipeline.snapshot(),
      droppedRows: this.pipeline.droppedRows,
      interfaceCounts: [],
      routeCounts: [],
      earlierInterfaceCounts: [],
      earlierRouteCounts: [],
    };
  }

  rawText(): HeldText {
    const printed = this.pipeline.rawText();
    if (printed.text !== '') return printed;
    const lines = this.pipeline.text();
    const shown = lines.subarray(0, MAX_RAW_BYTES);
    return { text: new TextDecoder().decode(shown), missingBytes: lines.length - shown.length };
  }

  takeFlows(isAnew: boolean) {
    return this.pipeline.takeFlows(FLOWS_AT_ONCE, isAnew);
  }

  evidence() {
    return this.pipeline.evidence();
  }

  packetBytes(row: number): ArrayBuffer | undefined {
    return this.pipeline.packetBytes(row);
  }

  exportForms(): readonly CaptureFileForm[] {
    return exportForms(this.pipeline);
  }

  export(form: CaptureFileForm): Uint8Array {
    return exportCapture(this.pipeline, form);
  }

  /** A file is not captured again. */
  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  clear(): void {}

  refreshNetwork(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
