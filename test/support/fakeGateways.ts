import type { Scope } from '../../src/app/appModel';
import type { AllowedPrincipal, EndpointConnection } from '../../src/core/endpointService';
import type { EndpointServiceConfiguration } from '../../src/core/endpointServiceConfiguration';
import { LabError } from '../../src/core/errors';
import { type InstanceId, scopeId, securityGroupId } from '../../src/core/ids';
import type { InstanceConnectEndpoint } from '../../src/core/instanceConnectEndpoint';
import type { LoadBalancerDescription } from '../../src/core/loadBalancerDescription';
import type { EndpointServiceOffer, SessionManagerStatus, VpcEndpoint } from '../../src/core/network';
import type { CreateInterfaceEndpointInput } from '../../src/core/ports/endpointGateway';
import type { CloudGateways } from '../../src/core/ports/gateways';
import { known, type NetworkSnapshot } from '../../src/core/snapshot';
import { account, endpoint, endpointId, instanceId, place, snapshot } from './networkBuilders';
import { unusedNetworkGateways } from './unusedGateways';

export const offer = (changes: Partial<EndpointServiceOffer> = {}): EndpointServiceOffer => ({
  serviceName: 'com.amazonaws.ap-south-1.ec2',
  kind: 'interface',
  owner: 'amazon',
  privateDnsName: 'ec2.ap-south-1.amazonaws.com',
  availabilityZones: ['ap-south-1a', 'ap-south-1b'],
  isPolicySupported: true,
  isAcceptanceRequired: false,
  ...changes,
});

/** A cloud of a few values that a test may change between calls; what was called is remembered in order. */
export class FakeCloud {
  snapshot: NetworkSnapshot = snapshot();
  offers: readonly EndpointServiceOffer[] = [offer()];
  connectEndpoints: readonly InstanceConnectEndpoint[] = [];
  services: readonly EndpointServiceConfiguration[] = [];
  principals: readonly AllowedPrincipal[] = [];
  connections: readonly EndpointConnection[] = [];
  loadBalancers: readonly LoadBalancerDescription[] = [];
  statuses: ReadonlyMap<InstanceId, SessionManagerStatus> = new Map([[instanceId, 'online']]);
  /** Calls by name that are to fail. */
  readonly failures = new Map<string, LabError>();
  readonly calls: string[] = [];
  readonly created: CreateInterfaceEndpointInput[] = [];
  readonly scope: Scope;
  readonly gateways: CloudGateways;

  constructor(name = 'provider') {
    this.gateways = this.#makeGateways();
    this.scope = {
      id: scopeId(`practice:${name}`),
      label: name,
      kind: 'practice',
      region: place.region,
      gateways: async () => this.gateways,
    };
  }

  get endpoints(): readonly VpcEndpoint[] {
    return this.snapshot.endpoints.known ? this.snapshot.endpoints.value : [];
  }

  set endpoints(value: readonly VpcEndpoint[]) {
    this.snapshot = { ...this.snapshot, endpoints: known(value) };
  }

  count(name: string): number {
    return this.calls.filter(call => call === name).length;
  }

  async #answer<T>(name: string, value: () => T): Promise<T> {
    this.calls.push(name);
    await null;
    const failure = this.failures.get(name);
    if (failure) throw failure;
    return value();
  }

  #makeGateways(): CloudGateways {
    const answer = <T>(name: string, value: () => T) => this.#answer(name, value);
    const unused = (name: string) => () => Promise.reject(new LabError('internal', { detail: name }));
    return {
      region: place.region,
      identity: {
        whoAmI: () => answer('whoAmI', () => ({ accountId: account, arn: `arn:aws:iam::${account}:user/student` })),
      },
      endpoints: {
        listEndpoints: () => answer('listEndpoints', () => this.endpoints),
        findEndpoint: id => answer('findEndpoint', () => this.endpoints.find(item => item.id === id)),
        listServices: () => answer('listServices', () => this.offers),
        createInterfaceEndpoint: input =>
          answer('createInterfaceEndpoint', () => {
            this.created.push(input);
            const made = endpoint({ ...input, state: 'pending', id: endpointId });
            this.endpoints = [...this.endpoints.filter(({ id }) => id !== made.id), made];
            return made;
          }),
        deleteEndpoint: id =>
          answer('deleteEndpoint', () => {
            this.endpoints = this.endpoints.filter(item => item.id !== id);
          }),
        findService: name => answer('findService', () => this.offers.filter(item => item.serviceName === name)),
        createGatewayEndpoint: unused('createGatewayEndpoint'),
        modifyEndpoint: () => answer('modifyEndpoint', () => undefined),
        deleteEndpoints: ids =>
          answer('deleteEndpoints', () => {
            this.endpoints = this.endpoints.filter(item => !ids.includes(item.id));
            return new Map();
          }),
        modifyPrivateDns: () => answer('modifyPrivateDns', () => undefined),
      },
      endpointServices: {
        listOwnServices: () => answer('listOwnServices', () => this.services),
        findOwnService: id => answer('findOwnService', () => this.services.find(item => item.id === id)),
        createService: unused('createService'),
        modifyService: () => answer('modifyService', () => undefined),
        deleteService: () => answer('deleteService', () => undefined),
        listAllowedPrincipals: () => answer('listAllowedPrincipals', () => this.principals),
        modifyAllowedPrincipals: () => answer('modifyAllowedPrincipals', () => undefined),
        listConnections: () => answer('listConnections', () => this.connections),
        acceptConnections: () => answer('acceptConnections', () => new Map()),
        rejectConnections: () => answer('rejectConnections', () => new Map()),
        startPrivateDnsVerification: () => answer('startPrivateDnsVerification', () => undefined),
      },
      loadBalancers: {
        listLoadBalancers: () => answer('listLoadBalancers', () => this.loadBalancers),
        findLoadBalancer: arn => answer('findLoadBalancer', () => this.loadBalancers.find(item => item.arn === arn)),
        readLoadBalancerAttributes: unused('readLoadBalancerAttributes'),
        setLoadBalancerAttributes: unused('setLoadBalancerAttributes'),
        listTargetGroups: () => answer('listTargetGroups', () => []),
        listTargets: () => answer('listTargets', () => []),
        listListeners: () => answer('listListeners', () => []),
        createLoadBalancer: unused('createLoadBalancer'),
        createTargetGroup: unused('createTargetGroup'),
        createListener: unused('createListener'),
        registerTargets: unused('registerTargets'),
        deregisterTargets: unused('deregisterTargets'),
        deleteLoadBalancer: unused('deleteLoadBalancer'),
        deleteListener: unused('deleteListener'),
        deleteTargetGroup: unused('deleteTargetGroup'),
      },
      instanceConnectEndpoints: {
        listInstanceConnectEndpoints: () => answer('listInstanceConnectEndpoints', () => this.connectEndpoints),
        createInstanceConnectEndpoint: unused('createInstanceConnectEndpoint'),
        deleteInstanceConnectEndpoint: unused('deleteInstanceConnectEndpoint'),
      },
      tags: {
        setTags: () => answer('setTags', () => undefined),
        removeTags: () => answer('removeTags', () => undefined),
      },
      network: {
        findInterfacesAt: address =>
          answer('findInterfacesAt', () =>
            this.snapshot.networkInterfaces.known
              ? this.snapshot.networkInterfaces.value.filter(item => item.privateIpAddress === address)
              : [],
          ),
        readSnapshot: () => answer('readSnapshot', () => this.snapshot),
        createSecurityGroup: () => answer('createSecurityGroup', () => securityGroupId('sg-000000000000000ff')),
        authorizeIngress: (_id, rule) => answer(`authorizeIngress ${rule.cidr}`, () => undefined),
        deleteSecurityGroup: () => answer('deleteSecurityGroup', () => undefined),
        setVpcDnsAttribute: () => answer('setVpcDnsAttribute', () => undefined),
      },
      ...unusedNetworkGateways,
      instances: {
        listInstances: () =>
          answer('listInstances', () => (this.snapshot.instances.known ? this.snapshot.instances.value : [])),
        findInstance: id =>
          answer('findInstance', () =>
            this.snapshot.instances.known ? this.snapshot.instances.value.find(each => each.id === id) : undefined,
          ),
        listSessionManagerStatus: () => answer('listSessionManagerStatus', () => this.statuses),
        launchInstance: unused('launchInstance'),
        attachProfile: unused('attachProfile'),
        startInstance: unused('startInstance'),
        stopInstance: unused('stopInstance'),
        terminateInstance: unused('terminateInstance'),
      },
      securityGroups: {
        addRule: () => answer('addRule', () => 'sgr-000000000000000ff'),
        removeRule: () => answer('removeRule', () => undefined),
      },
      roles: {
        listInstanceProfiles: unused('listInstanceProfiles'),
        hasRole: unused('hasRole'),
        createInstanceRole: unused('createInstanceRole'),
        listPoliciesOfProfile: unused('listPoliciesOfProfile'),
        deleteInstanceRole: unused('deleteInstanceRole'),
      },
      sessions: {
        startSession: unused('startSession'),
        resumeSession: unused('resumeSession'),
        terminateSession: unused('terminateSession'),
        generateDataKey: unused('generateDataKey'),
        openChannel: unused('openChannel'),
      },
      tunnels: {
        pushKey: unused('pushKey'),
        openSshTunnel: unused('openSshTunnel'),
      },
    };
  }
}
