import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Emitter } from '../../base/event';
import type { Log } from '../../base/log';
import type { ChannelFault } from '../agent/channelFault';
import { Chance } from '../chance';
import {
  createPracticeCloud,
  type OpenPracticeCloud,
  type PracticeCloudOptions,
  resumePracticeCloud,
} from '../createPracticeCloud';
import { nodeDigests } from '../nodeDigests';
import type { PracticeHost } from '../practiceConnection';
import { Timeline } from '../timeline';
import { driveByWallClock, PreciseClock, reportFailure, type WallClockDriver } from '../wallClock';
import type { AccessKeys } from '../world/world';
import type { WorldKind } from '../worldKinds';
import type { KeptWorld, WorldFolder } from './worldFolder';

export interface PracticeHomeOptions {
  readonly world: WorldKind;
  readonly pace: number;
  readonly seed?: string | undefined;
  /** Undefined: the world ends with the process. */
  readonly folder?: WorldFolder | undefined;
  readonly channelFaults?: readonly ChannelFault[] | undefined;
  /** Names this build's rules; under other rules a snapshot is taken up, and its journal is not. */
  readonly rules: string;
  readonly log: Log;
}

/** After as many entries a new snapshot is taken, so that taking the world up again stays quick. */
const journalLimit = 500;
/** So long after the last change one is taken anyway, for a build with other rules takes up nothing else. */
const quietMs = 5000;
const streamHost = () => 'wss://ssmmessages.ap-south-1.amazonaws.com';

/** One practice world with its clock and its memory: begun, taken up where it was left, and reset. */
export class PracticeHome implements PracticeHost {
  readonly #options: PracticeHomeOptions;
  #cloud: OpenPracticeCloud | undefined;
  #driver: WallClockDriver | undefined;
  #quietTimer: NodeJS.Timeout | undefined;
  readonly #didReset = new Emitter<void>();
  readonly onDidReset = this.#didReset.event;

  constructor(options: PracticeHomeOptions) {
    this.#options = options;
  }

  get cloud(): OpenPracticeCloud {
    if (!this.#cloud) throw new Error('The practice cloud has not begun');
    return this.#cloud;
  }

  catchUp(): void {
    this.#driver?.catchUp();
  }

  /** Takes the world up where it was left, or begins one. */
  async open(): Promise<void> {
    const kept = this.#readKept();
    if (kept) await this.#takeUp(kept);
    else this.#begin(this.#options.seed ?? randomUUID());
  }

  async reset(): Promise<void> {
    this.dispose();
    this.#begin(randomUUID());
    this.#didReset.fire();
  }

  /** Ends the world's time; what was recorded stays on disk. */
  dispose(): void {
    clearTimeout(this.#quietTimer);
    this.#driver?.dispose();
    this.#cloud?.dispose();
    this.#driver = undefined;
    this.#cloud = undefined;
  }

  #readKept(): KeptWorld | undefined {
    const { folder, log } = this.#options;
    try {
      return folder?.read();
    } catch (error) {
      log.error(
        `Practice cloud: what was kept cannot be read and is set aside at ${folder?.setAside()}: ${String(error)}`,
      );
      return undefined;
    }
  }

  #begin(seed: string): void {
    const clock = new PreciseClock();
    const timeline = new Timeline(clock.now());
    this.#drive(createPracticeCloud(this.#cloudOptions(seed, timeline, this.#options.pace)), timeline, clock);
  }

  /** The past is told at the pace at which it was lived; what comes next has the pace of now. */
  async #takeUp({ saved, pace, journal }: KeptWorld): Promise<void> {
    const { rules, log } = this.#options;
    const isOurs = saved.rules === rules;
    if (!isOurs && journal.length > 0)
      log.warn(`Practice cloud: ${journal.length} changes were made by another version and are not taken up`);
    const past = { saved, journal: isOurs ? journal : [] };
    const first = new Timeline(saved.atMs);
    const retold = await resumePracticeCloud(this.#cloudOptions(saved.seed, first, pace), past);
    const now = retold.save(rules);
    retold.dispose();
    const clock = new PreciseClock();
    const timeline = new Timeline(now.atMs);
    const options = this.#cloudOptions(saved.seed, timeline, this.#options.pace);
    const present = { saved: now, journal: [], untilMs: Math.max(now.atMs, clock.now()) };
    this.#drive(await resumePracticeCloud(options, present), timeline, clock);
  }

  #drive(cloud: OpenPracticeCloud, timeline: Timeline, clock: PreciseClock): void {
    const { log, folder, channelFaults = [] } = this.#options;
    this.#cloud = cloud;
    for (const fault of channelFaults) cloud.channelFaults.add(fault);
    this.#driver = driveByWallClock(timeline, clock, error => reportFailure(log, error));
    if (!folder) return;
    this.#keep(folder);
    cloud.onDidRecord(entry => {
      if (folder.journalLength >= journalLimit) this.#keep(folder);
      folder.append(entry);
      this.#keepOnceQuiet(folder);
    });
  }

  #keepOnceQuiet(folder: WorldFolder): void {
    clearTimeout(this.#quietTimer);
    this.#quietTimer = setTimeout(() => this.#keep(folder), quietMs);
  }

  #keep(folder: WorldFolder): void {
    folder.keep(this.cloud.save(this.#options.rules), this.#options.pace);
  }

  #cloudOptions(seed: string, timeline: Timeline, pace: number): PracticeCloudOptions {
    const { world, log } = this.#options;
    return { seed, pace, world, digests: nodeDigests, timeline, streamHost, log, keysOf: keysOf(this.#options) };
  }
}

/** In a kept world the accounts' keys outlive a reset: other windows hold them. They open nothing but this practice cloud. */
function keysOf({ folder }: PracticeHomeOptions): ((accountName: string) => AccessKeys) | undefined {
  if (!folder) return undefined;
  return name => {
    const chance = new Chance(`keys of ${folder.identity}/${name}`);
    return {
      accessKeyId: `AKIA${chance.text('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
      secretAccessKey: chance.text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 40),
    };
  };
}

/** A name for the rules of a build: two builds with the same code have the same. */
export function rulesOf(entryFile: string): string {
  return createHash('sha256').update(readFileSync(entryFile)).digest('hex').slice(0, 16);
}
