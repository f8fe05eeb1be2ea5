import { delay } from '../base/clock';
import { type Disposable, DisposableSlot } from '../base/disposable';
import { Emitter } from '../base/event';
import { captureCommand } from '../capture/captureCommand';
import { CapturePipeline } from '../capture/capturePipeline';
import { LabError } from '../core/errors';
import type { CaptureEvidence } from '../core/evidence';
import { nameTag } from '../core/network';
import type { CloudGateways } from '../core/ports/gateways';
import type { Gap } from '../core/snapshot';
import { stopPolitely } from '../ssm/politeStop';
import { openSession, type Session } from '../ssm/session';
import type { CaptureTarget } from './appModel';
import { asLabError } from './asLabError';
import { judgeCapture } from './captureJudgement';
import type {
  Capture,
  CapturedRows,
  CaptureEnd,
  CaptureInstance,
  CaptureLimits,
  CapturePhase,
  CaptureStatus,
} from './captureModel';
import { CaptureNetwork, capturesParts } from './captureNetwork';
import { type CaptureSite, probeCommand, readProbe } from './captureProbe';
import { CaptureRun, type Conclusion, type RunOutcome } from './captureRun';
import { runOnInstance } from './operations/runOnInstance';
import type { SessionPorts } from './sessionPorts';

/** HTTPS, which every AWS service speaks, and the names that lead there. Traffic that misses the endpoint must be seen as well. */
export const DEFAULT_FILTER = 'port 443 or port 53';

export interface CaptureOptions {
  readonly ports: SessionPorts;
  readonly limits: CaptureLimits;
}

/** 30 pictures a second. */
const FRAME_MS = 33;
/** A verdict looks at every conversation: not at each picture. */
const VERDICT_EVERY_MS = 200;
const BEGIN_LIMIT_MS = 30_000;
const PROBE_LIMIT_MS = 20_000;

const notReadYet: Gap = { code: 'notRead', reading: 'ec2:DescribeRouteTables', detail: undefined };

/** See {@link Capture}. Reads the network as soon as it is made. Dispose it: nothing then runs on the instance. */
export class CaptureSession implements Capture {
  readonly #target: CaptureTarget;
  readonly #ports: SessionPorts;
  readonly #limits: CaptureLimits;
  readonly #didChange = new Emitter<CaptureStatus>();
  readonly #rows = new Emitter<CapturedRows>();
  readonly #raw = new Emitter<string>();
  readonly #reset = new Emitter<void>();
  readonly #frame = new DisposableSlot<Disposable>();
  readonly #reading = new AbortController();
  readonly onDidChange = this.#didChange.event;
  readonly onRows = this.#rows.event;
  readonly onRaw = this.#raw.event;
  readonly onReset = this.#reset.event;
  #pipeline = new CapturePipeline();
  #run: CaptureRun | undefined;
  #network: CaptureNetwork | undefined;
  #networkPrint = '';
  #networkGap: Gap = notReadYet;
  #site: CaptureSite | undefined;
  #judgement = judgeCapture({ packets: 0, conversations: [], names: [] }, undefined, undefined);
  #judgedAtMs = Number.NEGATIVE_INFINITY;
  #phase: CapturePhase = 'idle';
  #error: LabError | undefined;
  #end: CaptureEnd | undefined;
  #filter = DEFAULT_FILTER;
  #isFilterUnchecked = false;
  #isDisposed = false;

  constructor(target: CaptureTarget, options: CaptureOptions) {
    this.#target = target;
    this.#ports = options.ports;
    this.#limits = options.limits;
    void this.refreshNetwork();
  }

  get status(): CaptureStatus {
    const { scope, endpointId } = this.#target;
    const network = this.#network;
    const endpoints = network?.snapshot.endpoints;
    const endpoint = endpoints?.known ? endpoints.value.find(({ id }) => id === endpointId) : undefined;
    return {
      phase: this.#phase,
      error: this.#error,
      end: this.#end,
      scope,
      instance: this.#instance,
      endpointId,
      endpointName: endpoint && nameTag(endpoint.tags),
      filter: this.#filter,
      isFilterUnchecked: this.#isFilterUnchecked,
      ...this.#judgement,
      routeTable: network?.routeTable ?? { known: false, gap: this.#networkGap },
      interfaces: network?.interfaces ?? [],
      interfacesGap: network ? network.interfacesGap : this.#networkGap,
      unparsedLines: this.#pipeline.unparsedLines,
      droppedByKernel: this.#pipeline.statistics.droppedByKernel,
      channelFrames: this.#channelFrames,
    };
  }

  evidence(): CaptureEvidence {
    return this.#pipeline.evidence();
  }

  snapshot(): CapturedRows {
    return this.#withCounts(this.#pipeline.snapshot());
  }

  rawText(): string {
    // What is in here will not come as news as well.
    this.#pipeline.takeRaw();
    return this.#pipeline.rawText();
  }

  async start(filter: string): Promise<void> {
    await this.stop();
    if (this.#isDisposed) return;
    const run = new CaptureRun(this.#limits.packetLimit);
    this.#run = run;
    this.#filter = filter.trim();
    this.#isFilterUnchecked = false;
    this.#error = undefined;
    this.#end = undefined;
    this.#enter('starting');
    void this.#live(run);
    await Promise.race([run.listening.promise, run.over.promise]);
  }

  async stop(): Promise<void> {
    const run = this.#run;
    if (!run) return;
    if (!run.isStopping) {
      run.isStopping = true;
      this.#enter('stopping');
      if (run.session && run.isListening) {
        void stopPolitely(run.session, run.outcome.promise, this.#ports.clock);
      } else run.abort.abort();
    }
    await run.over.promise;
  }

  clear(): void {
    this.#pipeline.clear();
    this.#judgedAtMs = Number.NEGATIVE_INFINITY;
    this.#reset.fire();
    this.#picture();
  }

  async refreshNetwork(): Promise<void> {
    this.#site = undefined;
    await this.#readNetwork(this.#reading.signal).catch(() => undefined);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#frame.dispose();
    this.#reading.abort();
    this.#run?.abort.abort();
    for (const emitter of [this.#didChange, this.#rows, this.#raw, this.#reset]) emitter.dispose();
  }

  get #instance(): CaptureInstance {
    if (this.#network) return this.#network.instance;
    const { instanceId: id, instanceName: name } = this.#target;
    return { id, name, address: undefined, networkInterfaceId: undefined, availabilityZone: undefined };
  }

  get #channelFrames(): number {
    const counters = this.#run?.session?.counters;
    return counters ? counters.framesReceived + counters.framesSent : this.#lastChannelFrames;
  }

  #lastChannelFrames = 0;

  /** The whole life of one run; says its end once. */
  async #live(run: CaptureRun): Promise<void> {
    let conclusion: Conclusion;
    try {
      const outcome = await this.#follow(run);
      conclusion = run.conclude(outcome, this.#pipeline.statistics.captured ?? this.#pipeline.packets);
    } catch (caught) {
      conclusion = run.isStopping || this.#isDisposed ? { end: 'stopped' } : { error: asLabError(caught) };
    }
    this.#lastChannelFrames = this.#channelFrames;
    this.#run = undefined;
    this.#pipeline.end();
    if ('error' in conclusion) this.#error = conclusion.error;
    else this.#end = conclusion.end;
    this.#enter('error' in conclusion ? 'failed' : 'stopped');
    run.over.resolve();
  }

  /** Opens the session, feeds what it prints, and waits for its end. No session outlives this. */
  async #follow(run: CaptureRun): Promise<RunOutcome> {
    const { signal } = run.abort;
    const gateways = await this.#target.scope.gateways();
    await this.#learnSite(gateways, signal);
    const mark = `vpc-labs-${this.#ports.uuid()}`;
    const command = this.#command(run, mark);
    this.#beginRows(run, mark);
    const { instanceId } = this.#target;
    const document = { name: 'AWS-StartInteractiveCommand', command } as const;
    const session = await openSession(gateways.sessions, instanceId, document, {
      ports: this.#ports,
      signal,
      isKeptAwake: true,
    });
    run.session = session;
    try {
      return await this.#listen(run, session);
    } finally {
      await session.end();
    }
  }

  async #listen(run: CaptureRun, session: Session): Promise<RunOutcome> {
    session.onOutput(({ bytes }) => this.#feed(bytes));
    void session.closed.then(sessionEnd => run.outcome.resolve({ sessionEnd }));
    const patience = new AbortController();
    const tooLate = delay(this.#ports.clock, BEGIN_LIMIT_MS, patience.signal).then(
      () => Promise.reject(new LabError('sessionTimedOut')),
      () => undefined,
    );
    await Promise.race([run.listening.promise, run.outcome.promise, tooLate]).finally(() => patience.abort());
    if (run.isListening && !run.isStopping) this.#enter('running');
    return run.outcome.promise;
  }

  /** Asks the cloud about the network and the instance about itself, side by side. */
  async #learnSite(gateways: CloudGateways, signal: AbortSignal): Promise<void> {
    const reading = this.#readNetwork(signal);
    if (this.#site) return reading;
    const { instanceId, scope } = this.#target;
    const probing = runOnInstance(gateways.sessions, instanceId, probeCommand(scope.region), {
      ports: this.#ports,
      signal,
      timeLimitMs: PROBE_LIMIT_MS,
    });
    const [{ output }] = await Promise.all([probing, reading]);
    this.#site = readProbe(output, this.#instance.address);
  }

  #command(run: CaptureRun, mark: string): string {
    const site = this.#site ?? { interfaceName: 'any', channelAddresses: [] };
    run.interfaceName = site.interfaceName;
    const { command, filterNote } = captureCommand({
      interfaceName: site.interfaceName,
      filter: this.#filter,
      packetLimit: this.#limits.packetLimit,
      secondsLimit: this.#limits.timeLimitSeconds,
      snapLength: this.#limits.snapLengthBytes,
      mark,
      excludeHosts: [...new Set([...site.channelAddresses, ...this.#privateChannelAddresses()])],
    });
    this.#isFilterUnchecked = filterNote !== undefined;
    return command;
  }

  #privateChannelAddresses(): readonly string[] {
    return this.#network?.channelAddresses(this.#target.scope.region) ?? [];
  }

  #beginRows(run: CaptureRun, mark: string): void {
    this.#pipeline = new CapturePipeline({
      mark,
      onStatus: event => run.noteStatus(event),
      onExit: exitStatus => run.outcome.resolve({ exitStatus }),
    });
    this.#useNetwork();
    this.#judgedAtMs = Number.NEGATIVE_INFINITY;
    this.#reset.fire();
  }

  #feed(bytes: Uint8Array): void {
    this.#pipeline.write(bytes);
    this.#frame.value ??= this.#ports.clock.after(FRAME_MS, () => {
      this.#frame.value = undefined;
      this.#picture();
    });
  }

  /** Sends what is new: rows, text, then what follows from them. */
  #picture(): void {
    for (let batch = this.#pipeline.takeBatch(); batch; batch = this.#pipeline.takeBatch()) {
      this.#rows.fire(this.#withCounts(batch));
    }
    const text = this.#pipeline.takeRaw();
    if (text) this.#raw.fire(text);
    const nowMs = this.#ports.clock.now();
    if (nowMs - this.#judgedAtMs >= VERDICT_EVERY_MS || this.#phase !== 'running') this.#judge(nowMs);
    else this.#judgeSoon(nowMs);
    this.#didChange.fire(this.status);
  }

  #judge(nowMs: number): void {
    this.#judgedAtMs = nowMs;
    this.#judgement = judgeCapture(this.#pipeline.evidence(), this.#network, this.#target.endpointId);
  }

  #judgeSoon(nowMs: number): void {
    this.#frame.value ??= this.#ports.clock.after(this.#judgedAtMs + VERDICT_EVERY_MS - nowMs, () => {
      this.#frame.value = undefined;
      this.#picture();
    });
  }

  async #readNetwork(signal: AbortSignal): Promise<void> {
    try {
      const gateways = await this.#target.scope.gateways();
      const snapshot = await gateways.network.readSnapshot(capturesParts, { signal });
      const { takenAtMs, dnsAttributes, ...parts } = snapshot;
      const print = JSON.stringify([parts, [...dnsAttributes]]);
      // Counts by row begin anew with other rows, so the same network is not taken up twice.
      if (print !== this.#networkPrint) {
        this.#networkPrint = print;
        this.#network = new CaptureNetwork(snapshot, this.#target.instanceId);
        this.#useNetwork();
      }
    } catch (caught) {
      signal.throwIfAborted();
      const error = asLabError(caught);
      this.#networkGap = { code: 'failed', reading: error.parameters.action ?? '', detail: error.parameters.detail };
      throw error;
    } finally {
      if (!this.#isDisposed) {
        this.#judgedAtMs = Number.NEGATIVE_INFINITY;
        this.#picture();
      }
    }
  }

  #useNetwork(): void {
    const classifier = this.#network?.classifier;
    this.#pipeline.useClassifier(
      classifier && (address => classifier.classify(address)),
      this.#network?.instance.address,
    );
  }

  #withCounts(batch: { readonly first: number; readonly count: number; readonly columns: ArrayBuffer }): CapturedRows {
    const table = this.#network?.routeTable;
    return {
      ...batch,
      droppedRows: this.#pipeline.droppedRows,
      interfaceCounts: this.#pipeline.interfaceCounts(this.#network?.interfaces.length ?? 0),
      routeCounts: this.#pipeline.routeCounts(table?.known ? table.rows.length : 0),
    };
  }

  #enter(phase: CapturePhase): void {
    if (this.#isDisposed) return;
    this.#phase = phase;
    this.#picture();
  }
}
