/** What programs share: the guest they run on. */
import type { Log } from '../../base/log';
import type { Chance } from '../chance';
import type { Digests } from '../digests';
import type { HostNetwork } from '../network/hostNetwork';
import type { Timeline } from '../timeline';
import type { GuestEffect, GuestState } from '../world/guestState';
import type { GuestFileSystem } from './files/guestFileSystem';
import type { Kernel } from './kernel/kernel';
import type { Process } from './kernel/process';
import type { SocketOwners } from './kernel/socketOwners';
import type { GuestPackages } from './packages/guestPackages';
import type { GuestServices } from './services/guestServices';

import type { SshAgent } from './ssh/sshAgent';

/** Hears what a guest keeps over a reboot. */
export interface GuestEffects {
  record(effect: GuestEffect): void;
}

export interface GuestSystem {
  readonly network: HostNetwork;
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly digests: Digests;
  readonly hostName: string;
  readonly instanceId: string;
  readonly region: string;
  readonly log: Log;
  readonly kernel: Kernel;
  readonly socketOwners: SocketOwners;
  readonly disk: GuestFileSystem;
  /** SSH agents, by the path of their socket. */
  readonly agents: Map<string, SshAgent>;
  /** Public keys that EC2 Instance Connect lets in as a user just now. */
  readonly pushedKeys: (userName: string) => readonly string[];
  /** How it was when it booted. */
  readonly initialState: GuestState;
  readonly effects: GuestEffects;
  readonly packages: GuestPackages;
  readonly services: GuestServices;
  readonly bootedMs: number;
  /** Whether cloud-init had something to do at the first boot. */
  readonly hasFirstBoot: boolean;
  /** What an executable file of ours stands for, by the name stored in it. */
  readonly programs: ReadonlyMap<string, Program>;
}

/** One execution of a program. */
export interface Run {
  /** argv[0], as it was called. */
  readonly name: string;
  readonly args: readonly string[];
  readonly process: Process;
  readonly system: GuestSystem;
}

/** Runs to its exit code (0 to 255). Output goes through the process's descriptors. */
export type Program = (run: Run) => Promise<number>;
