import type { Log } from '../../base/log';
import type { Chance } from '../chance';
import type { Digests } from '../digests';
import type { HostNetwork } from '../network/hostNetwork';
import type { Timeline } from '../timeline';
import type { GuestState } from '../world/guestState';
import { packageOfProgram } from '../world/packages';
import { firstBoot, type LaunchData, noLaunchData } from './cloudInit/firstBoot';
import { GuestFileSystem } from './files/guestFileSystem';
import { installGuest } from './files/installGuest';
import { KeptFiles } from './files/keptFiles';
import type { Guest, GuestProcess, GuestProcessOptions, GuestTerminal } from './guest';
import { startGuestProcess } from './guestProcess';
import { Kernel } from './kernel/kernel';
import { type Process, rootUser, sessionUser, shellStatusOf, type User } from './kernel/process';
import { SocketOwners } from './kernel/socketOwners';
import { untilEnded } from './kernel/untilEnded';
import { defaultPath, execute } from './launch';
import { GuestPackages } from './packages/guestPackages';
import { programs } from './programs/registry';
import { ServiceControl } from './services/serviceControl';
import type { GuestEffects, GuestSystem } from './system';
import { PseudoTerminal } from './terminal/pseudoTerminal';
import { readScreen } from './terminal/readScreen';

export interface GuestOptions {
  readonly network: HostNetwork;
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly digests: Digests;
  /** `ip-172-31-37-141.ap-south-1.compute.internal` */
  readonly hostName: string;
  readonly instanceId: string;
  readonly region: string;
  readonly log: Log;
  /** What it kept from before; {@link freshGuest} for a new one. */
  readonly state: GuestState;
  /** Hears what it wants to keep. */
  readonly effects: GuestEffects;
  /** What its launch gave it; nothing when left out. */
  readonly launchData?: LaunchData;
  /** Public keys that EC2 Instance Connect lets in as a user just now; none when left out. */
  readonly pushedKeys?: (userName: string) => readonly string[];
}

/** Boots an Amazon Linux 2023 guest on a host's network. */
export function createGuest(options: GuestOptions): Guest {
  const { network, hostName, region, timeline, state, effects, launchData = noLaunchData } = options;
  const chance = options.chance.fork('guest');
  const disk = new GuestFileSystem(timeline);
  const programNames = [...programs.keys()].filter(name => packageOfProgram(name) === undefined);
  installGuest(disk, { network, hostName, region, programNames });
  const packages = new GuestPackages(disk, state.packages, effect => effects.record(effect));
  disk.restore(state.files);
  const keptFiles = new KeptFiles(disk, timeline, effect => effects.record(effect));
  const kernel = new Kernel(timeline, options.log, chance.between(2_000, 3_000));
  const system: GuestSystem = {
    ...options,
    chance,
    disk,
    kernel,
    socketOwners: new SocketOwners(),
    agents: new Map(),
    pushedKeys: options.pushedKeys ?? (() => []),
    packages,
    programs,
    initialState: state,
    bootedMs: timeline.now(),
    hasFirstBoot: launchData.userData !== undefined || launchData.publicKey !== undefined,
    get services() {
      return services;
    },
  };
  const services = new ServiceControl(system);
  void firstBoot(system, launchData);
  return new SimulatedGuest(system, services, keptFiles);
}

/** The unit of Session Manager's agent. */
const agentUnit = 'amazon-ssm-agent';

class SimulatedGuest implements Guest {
  readonly network: HostNetwork;
  readonly #terminals = new Set<GuestTerminal>();

  constructor(
    private readonly system: GuestSystem,
    private readonly services: ServiceControl,
    private readonly keptFiles: KeptFiles,
  ) {
    this.network = system.network;
    services.onStopped = name => {
      if (name === agentUnit) for (const terminal of this.#terminals) terminal.hangUp();
    };
    void services.boot();
  }

  get isAgentRunning(): boolean {
    return this.services.isUp(agentUnit);
  }

  openTerminal(command: string | undefined, isElevated = false): GuestTerminal {
    const { kernel } = this.system;
    const device = new PseudoTerminal(kernel.nextTerminalName(), (groupId, signal) =>
      kernel.signalGroup(groupId, signal),
    );
    const commandLine = command === undefined ? ['sh'] : ['sh', '-c', command];
    const user = isElevated ? rootUser : sessionUser;
    const leader = kernel.startSession(device, device.slave, {
      commandLine,
      user,
      environment: sessionEnvironment(user),
      workingDirectory: agentDirectory,
      main: process => execute(this.system, process, commandLine),
    });
    const terminal = new SessionTerminal(device, leader, kernel);
    this.#terminals.add(terminal);
    void terminal.exited.then(() => this.#terminals.delete(terminal));
    return terminal;
  }

  startProcess(argv: readonly string[], options: GuestProcessOptions): Promise<GuestProcess> {
    const user = options.isElevated ? rootUser : sessionUser;
    return startGuestProcess(this.system, argv, {
      user,
      environment: sessionEnvironment(user),
      workingDirectory: agentDirectory,
      output: options.output,
    });
  }

  shutDown(): void {
    void this.keptFiles.flush();
    this.services.shutDown();
    for (const process of this.system.kernel.processes) process.deliver('SIGKILL');
    for (const terminal of this.#terminals) terminal.hangUp();
  }
}

/** Where the agent, and so what it starts, runs. */
const agentDirectory = '/usr/bin';

/** The environment of a Session Manager shell. The pager is off, else long output of `aws` would wait for keys in `less`. */
function sessionEnvironment(user: User): ReadonlyMap<string, string> {
  return new Map([
    ['HOME', user.home],
    ['LANG', 'C.UTF-8'],
    ['LOGNAME', user.name],
    ['PATH', defaultPath],
    ['SHELL', '/bin/bash'],
    ['TERM', 'xterm-256color'],
    ['USER', user.name],
    ['AWS_PAGER', ''],
  ]);
}

class SessionTerminal implements GuestTerminal {
  readonly exited: Promise<number>;

  constructor(
    private readonly device: PseudoTerminal,
    private readonly leader: Process,
    private readonly kernel: Kernel,
  ) {
    this.exited = untilEnded(leader).then(shellStatusOf);
  }

  read(maxBytes: number): Promise<Uint8Array | undefined> {
    return readScreen(this.device, maxBytes);
  }

  write(bytes: Uint8Array): void {
    this.device.type(bytes);
  }

  resize(columns: number, rows: number): void {
    this.device.resize(columns, rows);
  }

  hangUp(): void {
    this.leader.deliver('SIGKILL');
    this.kernel.signalSession(this.leader.sessionId, 'SIGHUP');
    this.device.hangUp();
  }
}
