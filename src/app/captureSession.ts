import { type Disposable, DisposableSlot, DisposableStore } from '../base/disposable';
import { Emitter, type Event } from '../base/event';
import { captureCommand, requireInterfaceName } from '../capture/captureCommand';
import { type CaptureFileForm, exportCapture, exportForms } from '../capture/captureExport';
import { CapturePipeline, type FlowNews, type PacketBatch } from '../capture/capturePipeline';
import type { HeldText } from '../capture/rawText';
import { DEFAULT_FILTER } from '../core/captureFilter';
import type { CaptureLimits, CaptureStartOptions } from '../core/captureOptions';
import type { LabError } from '../core/errors';
import type { CaptureEvidence } from '../core/evidence';
import { nameTag } from '../core/network';
import { valueOr } from '../core/reading';
import { stopPolitely } from '../ssm/politeStop';
import { openSession, type Session } from '../ssm/session';
import type { CaptureTarget, Scope } from './appModel';
import { asLabError } from './asLabError';
import { CaptureGround } from './captureGround';
import {
  type Capture,
  type CapturedRows,
  type CaptureEnd,
  type CapturePhase,
  type CaptureStatus,
  FLOWS_AT_ONCE,
} from './captureModel';
import { CaptureRun, type Conclusion, type RunOutcome } from './captureRun';
import { explainConclusion } from './explainConclusion';
import { NetworkRows } from './networkRows';
import { PacedJudgement } from './pacedJudgement';
import type { SessionPorts } from './sessionPorts';
import { watchLostInstance } from './watchLostInstance';

export interface CaptureOptions {
  readonly ports: SessionPorts;
  /** What it is started with unless somebody asks for something else. */
  readonly limits: CaptureLimits;
  /** Proposed in place of the limits and the usual filter. */
  readonly startOptions?: CaptureStartOptions | undefined;
  /** Something of a scope's network has changed: a capture that runs there reads it anew. */
  readonly changes?: Event<{ readonly scope: Scope }>;
}

/** 30 pictures a second. */
const FRAME_MS = 33;

/** See {@link Capture}. Reads the network as soon as it is made. Dispose it: nothing then runs on the instance. */
export class CaptureSession implements Capture {
  readonly #target: CaptureTarget;
  readonly #ports: SessionPorts;
  readonly #ground: CaptureGround;
  readonly #judgement: PacedJudgement;
  readonly #owned = new DisposableStore();
  readonly #didChange = this.#owned.add(new Emitter<CaptureStatus>());
  readonly #rows = this.#owned.add(new Emitter<CapturedRows>());
  readonly #raw = this.#owned.add(new Emitter<string>());
  readonly #reset = this.#owned.add(new Emitter<void>());
  readonly #frame = this.#owned.add(new DisposableSlot<Disposable>());
  readonly #verdictAlarm = this.#owned.add(new DisposableSlot<Disposable>());
  readonly #reading = new AbortController();
  readonly onDidChange = this.#didChange.event;
  readonly onRows = this.#rows.event;
  readonly onRaw = this.#raw.event;
  readonly onReset = this.#reset.event;
  readonly #networkRows = new NetworkRows();
  #pipeline = new CapturePipeline();
  #run: CaptureRun | undefined;
  #phase: CapturePhase = 'idle';
  #error: LabError | undefined;
  #end: CaptureEnd | undefined;
  #startOptions: CaptureStartOptions;
  #isFilterUnchecked = false;
  #isDisposed = false;
  #lastChannelFrames = 0;

  constructor(target: CaptureTarget, options: CaptureOptions) {
    this.#target = target;
    this.#ports = options.ports;
    this.#startOptions = options.startOptions ?? {
      ...options.limits,
      filter: DEFAULT_FILTER,
      interfaceName: undefined,
    };
    this.#ground = new CaptureGround(target, options.ports);
    this.#judgement = new PacedJudgement(target.endpointId);
    if (options.changes) this.#owned.add(options.changes(({ scope }) => this.#onChange(scope)));
    this.#readAgain();
  }

  get status(): CaptureStatus {
    const { scope, endpointId } = this.#target;
    const { gap, instance, network } = this.#ground;
    const endpoint = network && valueOr(network.snapshot.endpoints, []).find(({ id }) => id === endpointId);
    return {
      phase: this.#phase,
      error: this.#error,
      end: this.#end,
      link: this.#run?.link,
      scope,
      instance,
      endpointId,
      endpointName: endpoint && nameTag(endpoint.tags),
      startOptions: this.#startOptions,
      presets: this.#ground.presets,
      isFilterUnchecked: this.#isFilterUnchecked,
      interfaceNames: this.#ground.interfaceNames,
      ...this.#judgement.value,
      routeTable: this.#networkRows.routeTable ?? network?.routeTable ?? { known: false, gap },
      interfaces: this.#networkRows.interfaces,
      interfacesGap: network ? network.interfacesGap : gap,
      networkStamps: this.#networkRows.stamps,
      unparsedLines: this.#pipeline.unparsedLines,
      untrackedPackets: this.#pipeline.untrackedPackets,
      droppedByKernel: this.#pipeline.statistics.droppedByKernel,
      channelFrames: this.#channelFrames,
    };
  }

  takeFlows(isAnew: boolean): FlowNews {
    return this.#pipeline.takeFlows(FLOWS_AT_ONCE, isAnew);
  }

  evidence(): CaptureEvidence {
    return this.#pipeline.evidence();
  }

  packetBytes(row: number): ArrayBuffer | undefined {
    return this.#pipeline.packetBytes(row);
  }

  exportForms(): readonly CaptureFileForm[] {
    return exportForms(this.#pipeline);
  }

  export(form: CaptureFileForm): Uint8Array {
    return exportCapture(this.#pipeline, form);
  }

  snapshot(): CapturedRows {
    return this.#withCounts(this.#pipeline.snapshot());
  }

  rawText(): HeldText {
    // What is in here will not come as news as well.
    this.#pipeline.takeRaw();
    return this.#pipeline.rawText();
  }

  async start(options: CaptureStartOptions): Promise<void> {
    while (this.#run) await this.stop();
    if (this.#isDisposed) return;
    const run = new CaptureRun(options.packetLimit, this.#target.instanceId);
    this.#run = run;
    this.#startOptions = { ...options, filter: options.filter.trim() };
    this.#isFilterUnchecked = false;
    this.#error = undefined;
    this.#end = undefined;
    this.#enter('starting');
    void this.#live(run);
    await Promise.race([run.begun.promise, run.over.promise]);
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
    this.#useNetwork();
    this.#judgement.beginAfter(0);
    this.#reset.fire();
    this.#picture();
  }

  async refreshNetwork(): Promise<void> {
    this.#ground.forgetSite();
    await this.#readNetwork(this.#reading.signal);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#reading.abort();
    this.#run?.abort.abort();
    this.#owned.dispose();
  }

  /** What a finished capture showed stays as it was shown. */
  #onChange(scope: Scope): void {
    if (scope.id === this.#target.scope.id && this.#run) this.#readAgain();
  }

  /** Nobody asked: what could not be read is missing in the status, and that is all. */
  #readAgain(): void {
    this.refreshNetwork().catch(() => undefined);
  }

  get #channelFrames(): number {
    const counters = this.#run?.session?.counters;
    return counters ? counters.framesReceived + counters.framesSent : this.#lastChannelFrames;
  }

  /** The whole life of one run; says its end once. */
  async #live(run: CaptureRun): Promise<void> {
    let conclusion: Conclusion;
    try {
      const outcome = await this.#follow(run);
      conclusion = run.conclude(outcome, this.#pipeline.statistics.captured ?? this.#pipeline.packets);
    } catch (caught) {
      conclusion = run.isStopping || this.#isDisposed ? { end: 'stopped' } : { error: asLabError(caught) };
    }
    conclusion = await explainConclusion(conclusion, this.#target, this.#ports.clock, run.abort.signal);
    this.#lastChannelFrames = this.#channelFrames;
    this.#run = undefined;
    this.#pipeline.end();
    if ('error' in conclusion) {
      this.#error = conclusion.error;
      this.#ground.forgetSite();
    } else this.#end = conclusion.end;
    this.#enter('error' in conclusion ? 'failed' : 'stopped');
    run.abort.abort();
    run.over.resolve();
  }

  /** Opens the session, feeds what it prints, and waits for its end. No session outlives this. */
  async #follow(run: CaptureRun): Promise<RunOutcome> {
    const { signal } = run.abort;
    const { interfaceName: chosen } = this.#startOptions;
    if (chosen !== undefined) requireInterfaceName(chosen);
    const gateways = await this.#target.scope.gateways();
    await this.#ground.learnSite(gateways, signal, this.#readNetwork(signal), chosen);
    const mark = `vpc-labs-${this.#ports.uuid()}`;
    const command = this.#command(run, mark);
    this.#beginRows(run, mark);
    const { instanceId } = this.#target;
    const document = { name: 'AWS-StartInteractiveCommand', command } as const;
    const session = await openSession(gateways.sessions, instanceId, document, {
      ports: this.#ports,
      signal,
      isKeptAwake: true,
      register: this.#ports.registerOf?.(this.#target.scope),
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
    session.onStatus(status => {
      run.noteLink(status);
      if (status.kind === 'agentUnreachable') void watchLostInstance(run, this.#target, this.#ports.clock);
      this.#didChange.fire(this.status);
    });
    void session.closed.then(sessionEnd => run.outcome.resolve({ sessionEnd }));
    await run.begin(this.#ports.clock);
    if (run.isListening) {
      if (!run.isStopping) this.#enter('running');
      run.begun.resolve();
    }
    return run.outcome.promise;
  }

  #command(run: CaptureRun, mark: string): string {
    const { filter, packetLimit, timeLimitSeconds, snapLengthBytes, mode, interfaceName } = this.#startOptions;
    const place = this.#ground.place(interfaceName);
    run.interfaceName = place.interfaceName;
    const { command, filterNote } = captureCommand({
      ...place,
      filter,
      packetLimit,
      secondsLimit: timeLimitSeconds,
      snapLength: snapLengthBytes,
      mark,
      mode,
    });
    this.#isFilterUnchecked = filterNote !== undefined;
    return command;
  }

  #beginRows(run: CaptureRun, mark: string): void {
    this.#pipeline = new CapturePipeline({
      mark,
      isExact: this.#startOptions.mode === 'exact',
      onStatus: event => run.noteStatus(event),
      onExit: exitStatus => run.outcome.resolve({ exitStatus }),
    });
    this.#useNetwork();
    this.#judgement.beginAfter(0);
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
    this.#judge();
    this.#didChange.fire(this.status);
  }

  #judge(): void {
    const nowMs = this.#ports.clock.now();
    const dueInMs = this.#judgement.dueInMs(nowMs);
    if (dueInMs <= 0 || this.#phase !== 'running') {
      this.#judgement.make(nowMs, this.#pipeline.evidence(), this.#ground.network);
      return;
    }
    this.#verdictAlarm.value ??= this.#ports.clock.after(dueInMs, () => {
      this.#verdictAlarm.value = undefined;
      this.#picture();
    });
  }

  async #readNetwork(signal: AbortSignal): Promise<void> {
    try {
      if (await this.#ground.readNetwork(signal)) {
        this.#useNetwork();
        if (this.#phase === 'running') this.#judgement.beginAfter(this.#pipeline.packets);
      }
    } finally {
      if (!this.#isDisposed) {
        this.#judgement.expire();
        this.#picture();
      }
    }
  }

  #useNetwork(): void {
    this.#pipeline.useSight(this.#networkRows.take(this.#ground.network, this.#pipeline.packets));
  }

  #withCounts(batch: PacketBatch): CapturedRows {
    const { interfaces, routeTable } = this.#networkRows;
    const interfaceCounts = this.#pipeline.interfaceCounts(interfaces.length);
    const routeCounts = this.#pipeline.routeCounts(routeTable?.known ? routeTable.rows.length : 0);
    return {
      ...batch,
      droppedRows: this.#pipeline.droppedRows,
      interfaceCounts: interfaceCounts.total,
      routeCounts: routeCounts.total,
      earlierInterfaceCounts: interfaceCounts.earlier,
      earlierRouteCounts: routeCounts.earlier,
    };
  }

  #enter(phase: CapturePhase): void {
    if (this.#isDisposed) return;
    this.#phase = phase;
    this.#picture();
  }
}
