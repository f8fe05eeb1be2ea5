import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../src/base/log';
import type { InstanceId } from '../../src/core/ids';
import type { Place } from '../../src/core/network';
import { createPracticeCloud, type OpenPracticeCloud } from '../../src/simulator/createPracticeCloud';
import { type LoopbackServer, startLoopbackServer } from '../../src/simulator/loopbackServer';
import { nodeDigests } from '../../src/simulator/nodeDigests';
import { paces } from '../../src/simulator/paces';
import { Timeline } from '../../src/simulator/timeline';
import { driveByWallClock, PreciseClock } from '../../src/simulator/wallClock';
import { BusyTerminal } from './busyTerminal';

const accountName = 'provider';

/**
 * A practice cloud on 127.0.0.1, in this process, with the real agent and its pace, on whose instances every capture is of a busy link.
 * Its account is that of the AWS profile `provider`.
 */
export class BusyCloud {
  /** The terminal of the last capture. */
  terminal: BusyTerminal | undefined;
  #linesPerSecond: number;

  private constructor(
    private readonly cloud: OpenPracticeCloud,
    private readonly server: LoopbackServer,
    private readonly folder: string,
    private readonly stopClock: () => void,
    linesPerSecond: number,
  ) {
    this.#linesPerSecond = linesPerSecond;
    for (const { place, instances } of cloud.world.regions)
      for (const id of instances.keys()) this.#makeBusy(place, id);
    cloud.world.onDidChange(({ kind, place, instanceId }) => {
      if (kind === 'instanceRunning') this.#makeBusy(place, instanceId);
    });
  }

  static async start(linesPerSecond: number): Promise<BusyCloud> {
    const clock = new PreciseClock();
    const timeline = new Timeline(clock.now());
    const driver = driveByWallClock(timeline, clock, error => console.error(error));
    let port = 0;
    const cloud = createPracticeCloud({
      seed: 'ceiling',
      pace: paces.fast,
      world: 'default',
      digests: nodeDigests,
      timeline,
      streamHost: () => `ws://127.0.0.1:${port}`,
      log: silentLog,
    });
    const server = await startLoopbackServer({
      cloud,
      port: 0,
      mustSignChannels: true,
      catchUp: () => driver.catchUp(),
      log: silentLog,
    });
    port = server.port;
    const folder = await mkdtemp(join(tmpdir(), 'vpc-labs-ceiling-'));
    return new BusyCloud(cloud, server, folder, () => driver.dispose(), linesPerSecond);
  }

  /** Files of the AWS configuration; resolves with the environment that makes clients read them. */
  async writeProfile(): Promise<Record<string, string>> {
    const account = this.cloud.accounts.find(({ name }) => name === accountName);
    if (!account) throw new Error(`The cloud has no account ${accountName}`);
    const config = join(this.folder, 'config');
    const credentials = join(this.folder, 'credentials');
    await writeFile(
      config,
      `[profile ${accountName}]\nregion = ${this.cloud.region}\nendpoint_url = ${this.server.endpoint}\n`,
    );
    const { accessKeyId, secretAccessKey } = account;
    await writeFile(
      credentials,
      `[${accountName}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
    return { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
  }

  async stop(): Promise<void> {
    await this.server.close();
    this.cloud.dispose();
    this.stopClock();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Its shell is the practice instance's own for all but captures. */
  #makeBusy(place: Place, id: InstanceId): void {
    const guest = this.cloud.machineOf(place, id);
    const address = this.cloud.world.region(place).instances.get(id)?.privateIpAddress;
    if (!guest || !address) return;
    const openTerminal = guest.openTerminal.bind(guest);
    guest.openTerminal = (command, isElevated) => {
      if (!command?.includes('tcpdump -l ')) return openTerminal(command, isElevated);
      this.terminal = new BusyTerminal({ command, address, linesPerSecond: this.#linesPerSecond });
      return this.terminal;
    };
  }
}
