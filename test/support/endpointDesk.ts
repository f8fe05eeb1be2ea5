import assert from 'node:assert/strict';
import type { Scope } from '../../src/app/appModel';
import type { PlannedChange, PlannedRemoval } from '../../src/app/changes/plannedChange';
import { runChange } from '../../src/app/changes/runChange';
import { LabError } from '../../src/core/errors';
import type { VpcEndpoint } from '../../src/core/network';
import type { CloudGateways } from '../../src/core/ports/gateways';
import type { NetworkSnapshot } from '../../src/core/snapshot';
import { PracticeScopes } from './practiceScopes';

/** One account of a practice cloud at which planned writes are tried. */
export class EndpointDesk {
  readonly practice = new PracticeScopes();
  readonly scope: Scope = this.practice.provider;

  async gateways(): Promise<CloudGateways> {
    return this.scope.gateways();
  }

  run<T>(work: Promise<T>): Promise<T> {
    return this.practice.run(work);
  }

  /** Carries a write out; rejects with what stopped it. */
  async carryOut<T>(change: PlannedChange<T> | PlannedRemoval<T>, scope = this.scope): Promise<T> {
    const outcome = await this.run(runChange(scope, change));
    if (outcome.kind === 'done') return outcome.result;
    throw outcome.error;
  }

  async snapshot(): Promise<NetworkSnapshot> {
    const { network } = await this.gateways();
    const parts = ['vpcs', 'dnsAttributes', 'subnets', 'securityGroups', 'routeTables', 'prefixLists'] as const;
    return this.run(network.readSnapshot([...parts, 'endpoints', 'networkInterfaces'], {}));
  }

  /** An interface endpoint for EC2 in one subnet, available. */
  async interfaceEndpoint(service = 'ec2', privateDnsEnabled = false): Promise<VpcEndpoint> {
    const { endpoints } = await this.gateways();
    const { subnets } = await this.snapshot();
    assert.ok(subnets.known && subnets.value[0]);
    const [subnet] = subnets.value;
    const made = await this.run(
      endpoints.createInterfaceEndpoint({
        vpcId: subnet.vpcId,
        serviceName: `com.amazonaws.${this.scope.region}.${service}`,
        subnetIds: [subnet.id],
        securityGroupIds: [],
        privateDnsEnabled,
        tags: { Name: 'tried' },
        clientToken: `${service} for a test`,
      }),
    );
    await this.practice.pass(120_000);
    return this.find(made);
  }

  async find({ id }: Pick<VpcEndpoint, 'id'>): Promise<VpcEndpoint> {
    const { endpoints } = await this.gateways();
    const found = await this.run(endpoints.findEndpoint(id));
    assert.ok(found, id);
    return found;
  }

  dispose(): void {
    this.practice.dispose();
  }
}

/** What a reading holds that is known. */
export function valueIn<T>(reading: { readonly known: true; readonly value: T } | { readonly known: false }): T {
  assert.ok(reading.known);
  return reading.value;
}

/** The same scope without the right to call one method of a gateway. */
export function without<Noun extends keyof CloudGateways>(
  scope: Scope,
  noun: Noun,
  method: keyof CloudGateways[Noun] & string,
): Scope {
  const refuse = () => Promise.reject(new LabError('accessDenied', {}, { cloudCode: 'UnauthorizedOperation' }));
  return {
    ...scope,
    gateways: async () => {
      const gateways = await scope.gateways();
      const gateway = new Proxy(gateways[noun] as object, {
        get: (target, name) => {
          const value = Reflect.get(target, name, target) as unknown;
          if (name === method) return refuse;
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      return { ...gateways, [noun]: gateway };
    },
  };
}
