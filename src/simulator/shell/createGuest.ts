import type { Log } from '../../base/log';
import type { Chance } from '../chance';
import type { Digests } from '../digests';
import type { HostNetwork } from '../network/hostNetwork';
import type { Timeline } from '../timeline';
import { GuestFileSystem } from './files/guestFileSystem';
import { installGuest } from './files/installGuest';
import type { Guest, GuestProcess, GuestProcessOptions, GuestTerminal } from './guest';
import { startGuestProcess } from './guestProcess';
import { Kernel } from './kernel/kernel';
import { type Process, rootUser, sessionUser, shellStatusOf, type User } from './kernel/process';
import { untilEnded } from './kernel/untilEnded';
import { defaultPath, execute } from './launch';
import { programs } from './programs/registry';
import type { GuestSystem } from './system';
import { PseudoTerminal } from './terminal/pseudoTerminal';

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
}

/** Boots an Amazon Linux 2023 guest on a host's network. */
export function createGuest(options: GuestOptions): Guest {
  const chance = options.chance.fork('guest');
  const disk = new GuestFileSystem(options.timeline);
  installGuest(disk, { network: options.network, hostName: options.hostName, programNames: programs.keys() });
  const kernel = new Kernel(options.timeline, options.log, chance.between(2_000, 3_000));
  const system: GuestSystem = { ...options, chance, disk, kernel, programs };
  return new SimulatedGuest(system);
}

class SimulatedGuest implements Guest {
  readonly network: HostNetwork;
  readonly #terminals = new Set<GuestTerminal>();
  #terminalCount = 0;

  constructor(private readonly system: GuestSystem) {
    this.network = system.network;
  }

  openTerminal(command: string | undefined, isElevated = false): GuestTerminal {
    const { kernel } = this.system;
    const device = new PseudoTerminal(`pts/${this.#terminalCount++}`, (groupId, signal) =>
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
    this.exited = this.#untilEnded();
  }

  async read(maxBytes: number): Promise<Uint8Array | undefined> {
    for (;;) {
      const bytes = this.device.tryShow(maxBytes);
      if (bytes) return bytes.length > 0 ? bytes : undefined;
      await new Promise<void>(resolve => {
        const place = this.device.masterChanged.join(() => {
          place.dispose();
          resolve();
        });
      });
    }
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

  async #untilEnded(): Promise<number> {
    return shellStatusOf(await untilEnded(this.leader));
  }
}
