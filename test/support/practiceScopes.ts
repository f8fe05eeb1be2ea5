import type { Scope } from '../../src/app/appModel';
import type { SessionPorts } from '../../src/app/sessionPorts';
import { silentLog } from '../../src/base/log';
import { composePractice } from '../../src/compose';
import { createPracticeCloud, type OpenPracticeCloud } from '../../src/simulator/createPracticeCloud';
import { nodeDigests } from '../../src/simulator/nodeDigests';
import { Timeline } from '../../src/simulator/timeline';
import type { WorldKind } from '../../src/simulator/worldKinds';
import { nodeChannelPorts } from '../../src/ssm/node/nodeChannelPorts';
import { runFor, runToEnd, runUntil, runWhileLoading } from './runTimeline';

const LIMIT_MS = 30 * 60_000;

/** A practice cloud on virtual time behind the real SDK clients: everything that a user has, but the editor. */
export class PracticeScopes {
  readonly timeline = new Timeline(Date.parse('2026-11-21T09:00:00Z'));
  readonly cloud: OpenPracticeCloud;
  readonly scopes: readonly Scope[];
  readonly ports: SessionPorts;

  constructor(world: WorldKind = 'default') {
    this.cloud = createPracticeCloud({
      seed: 'test',
      pace: 60,
      world,
      digests: nodeDigests,
      timeline: this.timeline,
      streamHost: () => 'wss://ssmmessages.ap-south-1.amazonaws.com',
      log: silentLog,
    });
    this.scopes = composePractice(this.cloud, silentLog, this.timeline);
    this.ports = nodeChannelPorts(this.timeline, silentLog);
  }

  /** Loads what is otherwise loaded at the first call: simulated time must not run away while real files are read. */
  static async load(): Promise<void> {
    await Promise.all([
      import('../../src/aws/createGateways'),
      import('../../src/aws/rehearsal'),
      import('../../src/aws/services/ec2'),
      import('../../src/aws/services/elbv2'),
      import('../../src/aws/services/iam'),
      import('../../src/aws/services/instanceConnect'),
      import('../../src/aws/services/kms'),
      import('../../src/aws/services/ssm'),
      import('../../src/aws/services/sts'),
      import('@smithy/signature-v4'),
      import('@smithy/hash-node'),
    ]);
    const first = new PracticeScopes();
    const { network } = await first.provider.gateways();
    // The SDK loads more of itself at the first request of each client.
    await runWhileLoading(first.timeline, network.readSnapshot(['vpcs']));
    first.dispose();
  }

  get provider(): Scope {
    return this.scopes[0] as Scope;
  }

  get consumer(): Scope {
    return this.scopes[1] as Scope;
  }

  /** The same two accounts in another region of the same cloud: provider, consumer. */
  in(region: string): readonly Scope[] {
    const { accounts, handle, openChannel, openTunnel } = this.cloud;
    return composePractice({ accounts, handle, openChannel, openTunnel, region }, silentLog, this.timeline);
  }

  /** Drives time until the work is done. */
  run<T>(work: Promise<T>): Promise<T> {
    return runToEnd(this.timeline, work, LIMIT_MS);
  }

  until(condition: () => boolean): Promise<void> {
    return runUntil(this.timeline, condition, LIMIT_MS);
  }

  pass(durationMs: number): Promise<void> {
    return runFor(this.timeline, durationMs);
  }

  dispose(): void {
    this.cloud.dispose();
  }
}
