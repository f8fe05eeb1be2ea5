/** systemd(1) as far as services go: starts, watches and stops the processes of each unit. */
import { delay } from '../../../base/clock';
import type { GuestService } from '../../world/guestState';
import type { Process, User } from '../kernel/process';
import { rootUser, shellStatusOf } from '../kernel/process';
import { untilEnded } from '../kernel/untilEnded';
import { defaultPath, execute } from '../launch';
import type { GuestSystem } from '../system';
import type { GuestServices, ServiceStatus } from './guestServices';
import { Journal } from './journal';
import { type ActiveState, type ServiceUnit, unitFile } from './serviceUnit';
import { units } from './units';

interface ServiceRecord {
  isEnabled: boolean;
  activeState: ActiveState;
  sinceMs: number | undefined;
  mainProcess: Process | undefined;
  exitCode: number | undefined;
}

/** Forking, reading unit files, telling the manager. */
const startTakesMs = 45;

export class ServiceControl implements GuestServices {
  readonly journal: Journal;
  readonly #records = new Map<string, ServiceRecord>();
  readonly #jobs = new Map<string, Promise<void>>();
  readonly #told = new Map<string, GuestService>();
  readonly #system: GuestSystem;
  #isShuttingDown = false;
  /** Told when a unit's processes are gone. */
  onStopped: (name: string) => void = () => {};

  constructor(system: GuestSystem) {
    this.#system = system;
    this.journal = new Journal(system.timeline);
    for (const [name, { isEnabled }] of Object.entries(system.initialState.services)) {
      this.#records.set(name, { ...idle, isEnabled });
    }
  }

  /** Units whose unit files are there. */
  get known(): readonly ServiceUnit[] {
    return units.filter(({ packageName }) => packageName === undefined || this.#system.packages.has(packageName));
  }

  find(name: string): ServiceUnit | undefined {
    return this.known.find(unit => unit.name === name);
  }

  statusOf(unit: ServiceUnit): ServiceStatus {
    return { unit, ...this.#recordOf(unit) };
  }

  processesOf(unit: ServiceUnit): readonly Process[] {
    return this.#system.kernel.processes.filter(process => process.unit === unit.name);
  }

  /** Active, or about to be. */
  isUp(name: string): boolean {
    const state = this.#records.get(name)?.activeState;
    return state === 'active' || state === 'activating';
  }

  /** Starts what was enabled, or active when the world was saved. */
  async boot(): Promise<void> {
    const { services } = this.#system.initialState;
    const wanted = this.known.filter(({ name, isEnabledByPreset }) => services[name]?.isActive ?? isEnabledByPreset);
    await Promise.all(wanted.map(unit => this.start(unit)));
  }

  /** From now on processes end because the machine does. */
  shutDown(): void {
    this.#isShuttingDown = true;
  }

  /** False when it could not be started. */
  start(unit: ServiceUnit): Promise<boolean> {
    return this.#inTurn(unit, () => this.#start(unit));
  }

  stop(unit: ServiceUnit): Promise<void> {
    return this.#inTurn(unit, () => this.#stop(unit));
  }

  /** One job of a unit after the other. */
  #inTurn<T>(unit: ServiceUnit, job: () => Promise<T>): Promise<T> {
    const before = this.#jobs.get(unit.name);
    const work = before ? before.then(job) : job();
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    this.#jobs.set(unit.name, settled);
    void settled.then(() => {
      if (this.#jobs.get(unit.name) === settled) this.#jobs.delete(unit.name);
    });
    return work;
  }

  async #start(unit: ServiceUnit): Promise<boolean> {
    const record = this.#recordOf(unit);
    if (record.activeState === 'active') return true;
    this.#change(unit, 'activating');
    this.#log(unit, `Starting ${this.#title(unit)}...`);
    for (const argv of unit.preparations ?? []) {
      const code = await this.#runToEnd(unit, argv);
      if (code !== 0) return this.#fail(unit, code);
    }
    const process = this.#launch(unit, unit.command, unit.user ?? rootUser, unit.main);
    if (unit.isForking) await untilEnded(process);
    else await delay(this.#system.timeline, 3 * startTakesMs);
    if (process.status && (!unit.isForking || process.status.code !== 0))
      return this.#fail(unit, shellStatusOf(process.status));
    const [main] = this.processesOf(unit);
    if (!main) return this.#fail(unit, 1);
    record.mainProcess = main;
    this.#change(unit, 'active');
    this.#log(unit, `Started ${this.#title(unit)}.`);
    void untilEnded(main).then(status => this.#mainEnded(unit, main, shellStatusOf(status)));
    return true;
  }

  async #stop(unit: ServiceUnit): Promise<void> {
    const record = this.#recordOf(unit);
    if (record.activeState !== 'active') {
      if (record.activeState === 'failed') this.#change(unit, 'inactive');
      return;
    }
    this.#change(unit, 'deactivating');
    this.#log(unit, `Stopping ${this.#title(unit)}...`);
    const processes = this.processesOf(unit);
    for (const process of processes) process.deliver('SIGTERM');
    await Promise.all(processes.map(untilEnded));
    await delay(this.#system.timeline, startTakesMs);
    record.exitCode = 0;
    this.#change(unit, 'inactive');
    this.#log(unit, `${unitFile(unit.name)}: Deactivated successfully.`);
    this.#log(unit, `Stopped ${this.#title(unit)}.`);
    this.onStopped(unit.name);
  }

  reload(unit: ServiceUnit): void {
    this.#log(unit, `Reloading ${this.#title(unit)}...`);
    this.#recordOf(unit).mainProcess?.deliver('SIGHUP');
    this.#log(unit, `Reloaded ${this.#title(unit)}.`);
  }

  setEnabled(unit: ServiceUnit, isEnabled: boolean): void {
    this.#recordOf(unit).isEnabled = isEnabled;
    this.#report(unit);
  }

  #title({ name, description }: ServiceUnit): string {
    return `${unitFile(name)} - ${description}`;
  }

  #recordOf(unit: ServiceUnit): ServiceRecord {
    const known = this.#records.get(unit.name);
    if (known) return known;
    const fresh = { ...idle, isEnabled: unit.isEnabledByPreset };
    this.#records.set(unit.name, fresh);
    return fresh;
  }

  async #runToEnd(unit: ServiceUnit, argv: readonly string[]): Promise<number> {
    return shellStatusOf(await untilEnded(this.#launch(unit, argv, rootUser, undefined)));
  }

  #launch(unit: ServiceUnit, argv: readonly string[], user: User, main: ServiceUnit['main']): Process {
    const { kernel } = this.#system;
    let pid = 0;
    const output = this.journal.outputOf(unit.name, (argv[0] as string).replace(/^.*\//, ''), () => pid);
    const process = kernel.startDaemon({
      commandLine: argv,
      user,
      unit: unit.name,
      environment: new Map([
        ['PATH', defaultPath],
        ['LANG', 'C.UTF-8'],
      ]),
      files: new Map([
        [1, output],
        [2, output],
      ]),
      main: async self => {
        await self.sleep(startTakesMs);
        return main ? main(self) : execute(this.#system, self, argv);
      },
    });
    pid = process.pid;
    return process;
  }

  #fail(unit: ServiceUnit, exitCode: number): false {
    const file = unitFile(unit.name);
    this.#recordOf(unit).exitCode = exitCode;
    this.#log(unit, `${file}: Control process exited, code=exited, status=${exitCode}/FAILURE`);
    this.#log(unit, `${file}: Failed with result 'exit-code'.`);
    this.#log(unit, `Failed to start ${this.#title(unit)}.`);
    this.#change(unit, 'failed');
    return false;
  }

  /** The main process ended without being told to by us. */
  #mainEnded(unit: ServiceUnit, main: Process, exitCode: number): void {
    const record = this.#recordOf(unit);
    if (this.#isShuttingDown || record.mainProcess !== main || record.activeState !== 'active') return;
    for (const process of this.processesOf(unit)) process.deliver('SIGKILL');
    const isClean = exitCode === 0 || exitCode === 128 + 15;
    record.exitCode = exitCode;
    if (!isClean) this.#log(unit, `${unitFile(unit.name)}: Failed with result 'signal'.`);
    this.#change(unit, isClean ? 'inactive' : 'failed');
    this.onStopped(unit.name);
  }

  #change(unit: ServiceUnit, activeState: ActiveState): void {
    const record = this.#recordOf(unit);
    record.activeState = activeState;
    record.sinceMs = this.#system.timeline.now();
    if (activeState !== 'active') record.mainProcess = undefined;
    if (activeState !== 'activating' && activeState !== 'deactivating') this.#report(unit);
  }

  /** Nothing is told of what is as it was to be expected. */
  #report(unit: ServiceUnit): void {
    if (this.#isShuttingDown) return;
    const { isEnabled, activeState } = this.#recordOf(unit);
    const isActive = activeState === 'active';
    const preset = { isEnabled: unit.isEnabledByPreset, isActive: unit.isEnabledByPreset };
    const told = this.#told.get(unit.name) ?? this.#system.initialState.services[unit.name] ?? preset;
    if (told.isEnabled === isEnabled && told.isActive === isActive) return;
    this.#told.set(unit.name, { isEnabled, isActive });
    this.#system.effects.record({ kind: 'service', name: unit.name, isEnabled, isActive });
  }

  #log(unit: ServiceUnit, text: string): void {
    this.journal.write({ unit: unit.name, identifier: 'systemd', pid: 1, text });
  }
}

const idle: Omit<ServiceRecord, 'isEnabled'> = {
  activeState: 'inactive',
  sinceMs: undefined,
  mainProcess: undefined,
  exitCode: undefined,
};
