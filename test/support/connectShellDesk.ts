import assert from 'node:assert/strict';
import type { Scope } from '../../src/app/appModel';
import { openConnectShell } from '../../src/app/operations/connectShell';
import { runOnInstance } from '../../src/app/operations/runOnInstance';
import type { SecurityGroupId } from '../../src/core/ids';
import type { InstanceConnectEndpoint } from '../../src/core/instanceConnectEndpoint';
import type { Instance } from '../../src/core/network';
import type { CreateInstanceConnectEndpointInput } from '../../src/core/ports/instanceConnectEndpointGateway';
import type { SecureShell, SecureShellClient } from '../../src/core/ports/secureShell';
import { sshClient } from '../../src/ssh/sshClient';
import { watchTunnels } from './gatewaySpies';
import { PracticeScopes } from './practiceScopes';

/** What came out of a shell. */
export class HeardShell {
  text = '';
  /** Undefined while it lives. */
  end: string | undefined;

  constructor(readonly shell: SecureShell) {
    const decoder = new TextDecoder();
    shell.onOutput(bytes => {
      this.text += decoder.decode(bytes, { stream: true });
    });
    shell.onClose(end => {
      this.end = end.kind === 'exited' ? `exited ${end.status}` : `lost ${end.reason}`;
    });
  }

  type(text: string): void {
    this.shell.write(new TextEncoder().encode(text));
  }
}

/** The first account of a practice cloud with an Instance Connect endpoint beside its instance. */
export class ConnectShellDesk {
  readonly practice = new PracticeScopes();
  readonly watched = watchTunnels(this.practice.provider);
  readonly scope: Scope = this.watched.scope;

  constructor(readonly client: SecureShellClient = sshClient) {}

  run<T>(work: Promise<T>): Promise<T> {
    return this.practice.run(work);
  }

  async instance(): Promise<Instance> {
    const { instances } = await this.scope.gateways();
    const [instance] = await this.run(instances.listInstances());
    assert.ok(instance);
    return instance;
  }

  /** In the instance's subnet; complete, unless `settlesMs` is too short for that. */
  async endpoint(
    changes: Partial<CreateInstanceConnectEndpointInput> = {},
    settlesMs = 300_000,
  ): Promise<InstanceConnectEndpoint> {
    const { instanceConnectEndpoints } = await this.scope.gateways();
    const { subnetId } = await this.instance();
    assert.ok(subnetId);
    const usual = { subnetId, securityGroupIds: [], preservesClientIp: false, tags: {}, clientToken: 'for a test' };
    await this.run(instanceConnectEndpoints.createInstanceConnectEndpoint({ ...usual, ...changes }));
    await this.practice.pass(settlesMs);
    const [made] = await this.run(instanceConnectEndpoints.listInstanceConnectEndpoints());
    assert.ok(made);
    return made;
  }

  /** A group of the instance's VPC that admits nothing. */
  async group(name: string): Promise<SecurityGroupId> {
    const { network } = await this.scope.gateways();
    const { vpcId } = await this.instance();
    assert.ok(vpcId);
    return this.run(network.createSecurityGroup({ vpcId, name, description: name, tags: {} }));
  }

  async open(
    endpoint: InstanceConnectEndpoint,
    options: { readonly signal?: AbortSignal; readonly instance?: Instance; readonly scope?: Scope } = {},
  ): Promise<HeardShell> {
    const { instance = await this.instance(), scope = this.scope, ...rest } = options;
    const size = { columns: 100, rows: 30 };
    return new HeardShell(
      await this.run(openConnectShell(scope, instance, endpoint, { client: this.client, size, ...rest })),
    );
  }

  /** Runs a line as root over Session Manager. */
  async asRoot(line: string): Promise<void> {
    const { sessions } = await this.scope.gateways();
    const { id } = await this.instance();
    const { exitCode, output } = await this.run(
      runOnInstance(sessions, id, `sudo sh -c '${line}'`, { ports: this.practice.ports }),
    );
    assert.equal(exitCode, 0, output);
  }

  dispose(): void {
    this.practice.dispose();
  }
}
