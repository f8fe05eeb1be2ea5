/** A cloud of values on which a lab can be done: what is made appears, settles at the next look, and can be taken away again. */
import type { Memory } from '../../src/app/appModel';
import type { InstanceWork, WatchedCommand } from '../../src/app/labs/instanceWork';
import type { Clock } from '../../src/base/clock';
import { toDisposable } from '../../src/base/disposable';
import { LabError } from '../../src/core/errors';
import * as id from '../../src/core/ids';
import { judge } from '../../src/core/judge';
import type { Instance, NetworkInterface, SecurityGroup, VpcDnsAttributes, VpcEndpoint } from '../../src/core/network';
import type { CloudGateways } from '../../src/core/ports/gateways';
import type { ProfileRole } from '../../src/core/ports/roleGateway';
import { predictDelivery } from '../../src/core/prediction/predictDelivery';
import { resolverViewOf } from '../../src/core/prediction/resolverViewOf';
import { resolveName } from '../../src/core/rules/resolveName';
import { known, type NetworkSnapshot } from '../../src/core/snapshot';
import { profileArn } from '../../src/labs/labWorld';
import { call, captureOf } from './labBuilders';
import {
  account,
  ec2Name,
  ec2Service,
  endpoint,
  everythingOut,
  instance,
  networkInterface,
  place,
  rule,
  securityGroup,
  snapshot,
  subnetA,
  vpcId,
} from './networkBuilders';
import { unusedNetworkGateways } from './unusedGateways';

const outside = '52.95.80.1';

/** Waiting takes no time here. */
export class EagerClock implements Clock {
  #nowMs = 0;

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void) {
    const timer = setImmediate(() => {
      this.#nowMs += delayMs;
      run();
    });
    return toDisposable(() => clearImmediate(timer));
  }
}

export class MapMemory implements Memory {
  readonly #values = new Map<string, string>();

  get(key: string): unknown {
    const text = this.#values.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, JSON.stringify(value));
  }
}

/** What no step of the labs calls. */
const unused = () => Promise.reject(new LabError('internal'));

/** A gateway that no step of the labs calls. */
const unusedGateway = <T extends object>() => new Proxy({} as T, { get: () => unused });

export class LabCloud {
  instances: Instance[] = [];
  endpoints: VpcEndpoint[] = [];
  groups: SecurityGroup[] = [securityGroup({ name: 'default' })];
  interfaces: NetworkInterface[] = [];
  attributes: VpcDnsAttributes = { enableDnsSupport: true, enableDnsHostnames: true };
  readonly roles = new Map<string, ProfileRole>();
  readonly calls: string[] = [];
  /** Calls that do their work and then fail once, as when the link breaks before the answer. */
  readonly lostAnswers = new Set<string>();
  /** Calls that are refused every time. */
  readonly refused = new Map<string, LabError>();
  readonly #tokens = new Map<string, string>();
  #ids = 0;

  get snapshot(): NetworkSnapshot {
    return snapshot({
      dnsAttributes: new Map([[vpcId, known(this.attributes)]]),
      instances: known(this.instances),
      endpoints: known(this.endpoints),
      securityGroups: known(this.groups),
      networkInterfaces: known(this.interfaces),
    });
  }

  readonly gateways: CloudGateways = {
    region: place.region,
    identity: { whoAmI: async () => ({ accountId: account, arn: 'arn' }) },
    endpoints: {
      listEndpoints: async () => this.endpoints,
      findEndpoint: async wanted => {
        const found = this.endpoints.find(each => each.id === wanted);
        this.#settle();
        return found;
      },
      listServices: async () => [],
      createInterfaceEndpoint: input =>
        this.#do('createInterfaceEndpoint', () => {
          const made = this.#once(input.clientToken, () => {
            const nics = input.subnetIds.map(subnetId =>
              this.#nic({ kind: 'vpcEndpoint', subnetId, securityGroupIds: input.securityGroupIds }),
            );
            const fresh = endpoint({
              ...input,
              id: id.vpcEndpointId(this.#next('vpce')),
              state: 'pending',
              networkInterfaceIds: nics.map(nic => nic.id),
            });
            this.endpoints.push(fresh);
            this.interfaces = this.interfaces.map(nic =>
              fresh.networkInterfaceIds.includes(nic.id)
                ? { ...nic, description: `VPC Endpoint Interface ${fresh.id}` }
                : nic,
            );
            return fresh.id;
          });
          return this.endpoints.find(each => each.id === made)!;
        }),
      findService: unused,
      createGatewayEndpoint: unused,
      modifyEndpoint: unused,
      deleteEndpoints: unused,
      deleteEndpoint: wanted =>
        this.#do('deleteEndpoint', () => {
          this.endpoints = this.endpoints.map(each => (each.id === wanted ? { ...each, state: 'deleting' } : each));
        }),
      modifyPrivateDns: (wanted, privateDnsEnabled) =>
        this.#do('modifyPrivateDns', () => {
          this.endpoints = this.endpoints.map(each => (each.id === wanted ? { ...each, privateDnsEnabled } : each));
        }),
    },
    endpointServices: unusedGateway(),
    loadBalancers: unusedGateway(),
    instanceConnectEndpoints: {
      listInstanceConnectEndpoints: async () => [],
      createInstanceConnectEndpoint: unused,
      deleteInstanceConnectEndpoint: unused,
    },
    tags: { setTags: unused, removeTags: unused },
    ...unusedNetworkGateways,
    network: {
      findInterfacesAt: unused,
      readSnapshot: async () => {
        const seen = this.snapshot;
        this.#settle();
        return seen;
      },
      createSecurityGroup: input =>
        this.#do('createSecurityGroup', () => {
          if (this.groups.some(({ name }) => name === input.name))
            throw new LabError('requestRefused', { code: 'InvalidGroup.Duplicate' });
          const made = securityGroup({ ...input, id: id.securityGroupId(this.#next('sg')), rules: [everythingOut] });
          this.groups.push(made);
          return made.id;
        }),
      authorizeIngress: unused,
      deleteSecurityGroup: groupId =>
        this.#do('deleteSecurityGroup', () => {
          this.#settle();
          if (this.interfaces.some(nic => nic.securityGroupIds.includes(groupId)))
            throw new LabError('dependencyViolation');
          this.groups = this.groups.filter(group => group.id !== groupId);
        }),
      setVpcDnsAttribute: (_vpc, attribute, isEnabled) =>
        this.#do(`setVpcDnsAttribute ${attribute} ${isEnabled}`, () => {
          this.attributes = { ...this.attributes, [attribute]: isEnabled };
        }),
    },
    instances: {
      listInstances: async () => this.instances,
      findInstance: async wanted => {
        const found = this.instances.find(each => each.id === wanted);
        this.#settle();
        return found;
      },
      listSessionManagerStatus: async () =>
        new Map(this.instances.filter(({ state }) => state === 'running').map(each => [each.id, 'online'])),
      launchInstance: input =>
        this.#do('launchInstance', () => {
          const made = this.#once(input.clientToken, () => {
            const nic = this.#nic({
              kind: 'instance',
              subnetId: input.subnetId,
              securityGroupIds: input.securityGroupIds,
            });
            const fresh = instance({
              id: id.instanceId(this.#next('i')),
              state: 'pending',
              networkInterfaceIds: [nic.id],
              privateIpAddress: nic.privateIpAddress,
              instanceProfileArn: input.instanceProfileName && profileArn(place, input.instanceProfileName),
              tags: input.tags,
            });
            this.instances.push(fresh);
            return fresh.id;
          });
          return this.instances.find(each => each.id === made)!;
        }),
      attachProfile: () => Promise.reject(new LabError('internal')),
      startInstance: () => Promise.reject(new LabError('internal')),
      stopInstance: () => Promise.reject(new LabError('internal')),
      terminateInstance: wanted =>
        this.#do('terminateInstance', () => {
          this.instances = this.instances.map(each => (each.id === wanted ? { ...each, state: 'shuttingDown' } : each));
        }),
    },
    securityGroups: {
      addRule: (groupId, { peer }) =>
        this.#do('addRule', () => {
          this.groups = this.groups.map(group =>
            group.id === groupId ? { ...group, rules: [...group.rules, rule({ peer })] } : group,
          );
          return 'sgr-1';
        }),
      removeRule: () => Promise.reject(new LabError('internal')),
    },
    roles: {
      listInstanceProfiles: () => Promise.reject(new LabError('internal')),
      hasRole: () => Promise.reject(new LabError('internal')),
      createInstanceRole: ({ name, policyArns, trustedService }) =>
        this.#do('createInstanceRole', () => {
          const Statement = [{ Effect: 'Allow', Principal: { Service: trustedService }, Action: 'sts:AssumeRole' }];
          this.roles.set(profileArn(place, name), {
            roleName: name,
            trustPolicy: JSON.stringify({ Statement }),
            policyArns,
          });
          return { roleName: name, instanceProfileName: name };
        }),
      listPoliciesOfProfile: async arn => this.roles.get(arn),
      deleteInstanceRole: name =>
        this.#do('deleteInstanceRole', () => {
          this.roles.delete(profileArn(place, name));
        }),
    },
    sessions: {
      startSession: () => Promise.reject(new LabError('internal')),
      resumeSession: () => Promise.reject(new LabError('internal')),
      terminateSession: () => Promise.reject(new LabError('internal')),
      generateDataKey: () => Promise.reject(new LabError('internal')),
      openChannel: () => Promise.reject(new LabError('internal')),
    },
    tunnels: {
      pushKey: () => Promise.reject(new LabError('internal')),
      openSshTunnel: () => Promise.reject(new LabError('internal')),
    },
  };

  /** Instances whose packets follow from the rules. */
  readonly work: InstanceWork = {
    run: async (_instance, commandLine) => ({ commandLine, exitCode: 0, output: `${this.#answers().join('\n')}\n` }),
    captureWhile: async ({ instanceId }, { commandLine }) => this.#watch(instanceId, commandLine),
    logIn: unused,
  };

  #watch(instanceId: id.InstanceId, commandLine: string): WatchedCommand {
    const nic = this.interfaces.find(each =>
      this.instances.some(i => i.id === instanceId && i.networkInterfaceIds.includes(each.id)),
    )!;
    const [address = outside] = this.#answers();
    const { end } = predictDelivery(this.snapshot, { networkInterfaceId: nic.id, address, port: 443 });
    const isAnswered = end.kind === 'endpoint' || end.kind === 'outside';
    const silence = { synCount: 4, packets: 4, sentPackets: 4, isAnswered: false, isContinued: false };
    const conversation = call({ source: nic.privateIpAddress, destination: address, ...(isAnswered ? {} : silence) });
    const capture = { ...captureOf(conversation), names: [{ name: ec2Name, addresses: [address] }] };
    const target = { networkInterfaceId: nic.id, serviceName: ec2Service, port: 443 };
    const output = isAnswered ? '{\n    "Reservations": []\n}\n' : '\nConnect timeout on endpoint URL: "https://…"\n';
    return {
      result: { commandLine, exitCode: isAnswered ? 0 : 255, output },
      capture,
      verdict: judge(capture, this.snapshot, target),
      packetLines: [],
    };
  }

  #answers(): readonly string[] {
    return resolveName(
      ec2Name,
      resolverViewOf(this.snapshot, vpcId, () => [outside]),
    ).addresses;
  }

  /** What is under way arrives. */
  #settle(): void {
    const going = this.endpoints.filter(({ state }) => state === 'deleting').flatMap(each => each.networkInterfaceIds);
    const dying = this.instances
      .filter(({ state }) => state === 'shuttingDown')
      .flatMap(each => each.networkInterfaceIds);
    this.interfaces = this.interfaces.filter(nic => ![...going, ...dying].includes(nic.id));
    this.endpoints = this.endpoints
      .filter(({ state }) => state !== 'deleting')
      .map(each => (each.state === 'pending' ? { ...each, state: 'available' } : each));
    this.instances = this.instances.map(each => {
      if (each.state === 'pending') return { ...each, state: 'running' };
      return each.state === 'shuttingDown' ? { ...each, state: 'terminated' } : each;
    });
  }

  async #do<T>(name: string, work: () => T): Promise<T> {
    this.calls.push(name);
    await null;
    const refusal = this.refused.get(name);
    if (refusal) throw refusal;
    const value = work();
    if (this.lostAnswers.delete(name)) throw new LabError('cloudUnreachable');
    return value;
  }

  #once(token: string, make: () => string): string {
    const made = this.#tokens.get(token) ?? make();
    this.#tokens.set(token, made);
    return made;
  }

  #nic(changes: Partial<NetworkInterface>): NetworkInterface {
    const nic = networkInterface({
      id: id.networkInterfaceId(this.#next('eni')),
      privateIpAddress: `172.31.${changes.subnetId === subnetA ? 40 : 8}.${10 + this.#ids}`,
      instanceId: undefined,
      ...changes,
    });
    this.interfaces.push(nic);
    return nic;
  }

  #next(prefix: string): string {
    this.#ids++;
    return `${prefix}-${this.#ids.toString(16).padStart(17, '0')}`;
  }
}
