/**
 * Everything that package.json contributes, once, with its types. A unit test compares this with the manifest both ways.
 * Titles and defaults live in the manifest only.
 */
import type { CaptureMode } from '../core/captureOptions';
import type {
  DocumentTarget,
  EndpointTarget,
  FailureTarget,
  InstanceConnectTarget,
  InstanceTarget,
  LeftSessionTarget,
  LoadBalancerTarget,
  MoreTarget,
  PeeringTarget,
  PrincipalTarget,
  RequestTarget,
  ResourceTarget,
  ScopeTarget,
  SecurityGroupRuleTarget,
  SecurityGroupTarget,
  ServiceTarget,
  SignInTarget,
  TaggedTarget,
  ValueTarget,
  ViewTarget,
  VpcTarget,
} from './views/targets';

/** Each command with the argument that a view or a caller may hand it; without one it asks. */
export interface CommandArguments {
  'vpcLabs.practice.start': undefined;
  'vpcLabs.practice.reset': undefined;
  'vpcLabs.scope.add': undefined;
  'vpcLabs.scope.remove': ScopeTarget;
  'vpcLabs.scope.signIn': SignInTarget;
  'vpcLabs.scope.makeReadOnly': ScopeTarget;
  'vpcLabs.scope.allowChanges': ScopeTarget;
  'vpcLabs.endpoint.createInterface': ScopeTarget;
  'vpcLabs.endpoint.delete': EndpointTarget | InstanceConnectTarget;
  'vpcLabs.endpoint.createGateway': ScopeTarget;
  'vpcLabs.endpoint.createInstanceConnect': ScopeTarget;
  'vpcLabs.endpoint.modifySubnets': EndpointTarget;
  'vpcLabs.endpoint.modifyRouteTables': EndpointTarget;
  'vpcLabs.endpoint.modifyGroups': EndpointTarget;
  'vpcLabs.endpoint.modifyPrivateDns': EndpointTarget;
  'vpcLabs.endpoint.modifyAddressType': EndpointTarget;
  'vpcLabs.endpoint.modifyDnsOptions': EndpointTarget;
  'vpcLabs.endpoint.editPolicy': EndpointTarget;
  'vpcLabs.endpoint.resetPolicy': EndpointTarget;
  'vpcLabs.policy.apply': DocumentTarget;
  'vpcLabs.tags.edit': TaggedTarget;
  'vpcLabs.service.verifyName': ScopeTarget;
  'vpcLabs.address.find': ScopeTarget;
  'vpcLabs.endpoint.capture': EndpointTarget;
  'vpcLabs.instance.capture': InstanceTarget;
  'vpcLabs.capture.pair': EndpointTarget | InstanceTarget;
  'vpcLabs.capture.open': DocumentTarget;
  'vpcLabs.capture.save': DocumentTarget;
  'vpcLabs.instance.openShell': InstanceTarget;
  'vpcLabs.instance.launch': ScopeTarget;
  'vpcLabs.instance.start': InstanceTarget;
  'vpcLabs.instance.stop': InstanceTarget;
  'vpcLabs.instance.terminate': InstanceTarget;
  'vpcLabs.instance.attachProfile': InstanceTarget;
  'vpcLabs.instance.installTcpdump': InstanceTarget;
  'vpcLabs.instance.chooseShell': InstanceTarget;
  'vpcLabs.session.end': LeftSessionTarget;
  'vpcLabs.role.create': ScopeTarget;
  'vpcLabs.securityGroup.create': ScopeTarget;
  'vpcLabs.securityGroup.delete': SecurityGroupTarget;
  'vpcLabs.securityGroup.addRule': SecurityGroupTarget;
  'vpcLabs.securityGroup.removeRule': SecurityGroupRuleTarget;
  'vpcLabs.endpoints.refresh': undefined;
  'vpcLabs.instances.refresh': undefined;
  'vpcLabs.service.create': ScopeTarget;
  'vpcLabs.service.changeAcceptance': ServiceTarget;
  'vpcLabs.service.allowPrincipal': ServiceTarget;
  'vpcLabs.service.removePrincipal': PrincipalTarget | ServiceTarget;
  'vpcLabs.service.changeLoadBalancers': ServiceTarget;
  'vpcLabs.service.changePrivateDnsName': ServiceTarget;
  'vpcLabs.service.verifyPrivateDnsName': ServiceTarget;
  'vpcLabs.service.delete': ServiceTarget;
  'vpcLabs.loadBalancer.delete': LoadBalancerTarget;
  'vpcLabs.services.refresh': undefined;
  'vpcLabs.services.groupBy': undefined;
  'vpcLabs.services.filter': undefined;
  'vpcLabs.services.clearFilter': undefined;
  'vpcLabs.pending.refresh': undefined;
  'vpcLabs.pending.groupBy': undefined;
  'vpcLabs.pending.filter': undefined;
  'vpcLabs.pending.clearFilter': undefined;
  'vpcLabs.request.accept': RequestTarget;
  'vpcLabs.request.reject': RequestTarget;
  'vpcLabs.peering.create': ScopeTarget;
  'vpcLabs.peering.accept': PeeringTarget;
  'vpcLabs.peering.reject': PeeringTarget;
  'vpcLabs.peering.route': PeeringTarget;
  'vpcLabs.peering.changeDns': PeeringTarget;
  'vpcLabs.peering.delete': PeeringTarget;
  'vpcLabs.peering.refresh': undefined;
  'vpcLabs.peering.groupBy': undefined;
  'vpcLabs.peering.filter': undefined;
  'vpcLabs.peering.clearFilter': undefined;
  'vpcLabs.network.create': ScopeTarget;
  'vpcLabs.network.createVpc': ScopeTarget;
  'vpcLabs.network.createSubnet': ScopeTarget;
  'vpcLabs.network.createRouteTable': ScopeTarget;
  'vpcLabs.network.createRoute': ScopeTarget;
  'vpcLabs.network.changeRouteTable': ScopeTarget;
  'vpcLabs.network.createInternetGateway': ScopeTarget;
  'vpcLabs.network.createNatGateway': ScopeTarget;
  'vpcLabs.network.createDhcpOptions': ScopeTarget;
  'vpcLabs.network.changeDnsAttributes': VpcTarget;
  'vpcLabs.network.delete': ScopeTarget;
  'vpcLabs.view.groupBy': ViewTarget;
  'vpcLabs.view.filter': ViewTarget;
  'vpcLabs.view.clearFilter': ViewTarget;
  'vpcLabs.view.showMore': MoreTarget;
  'vpcLabs.endpoints.groupBy': undefined;
  'vpcLabs.endpoints.filter': undefined;
  'vpcLabs.endpoints.clearFilter': undefined;
  'vpcLabs.instances.groupBy': undefined;
  'vpcLabs.instances.filter': undefined;
  'vpcLabs.instances.clearFilter': undefined;
  'vpcLabs.resource.openJson': ResourceTarget;
  'vpcLabs.resource.copyId': ResourceTarget;
  'vpcLabs.resource.copyArn': ResourceTarget;
  'vpcLabs.resource.copyDnsName': ResourceTarget;
  'vpcLabs.resource.copyDescribeCommand': ResourceTarget;
  'vpcLabs.resource.openInConsole': ResourceTarget;
  'vpcLabs.node.retry': FailureTarget;
  'vpcLabs.value.copy': ValueTarget;
  'vpcLabs.log.show': undefined;
}

export type CommandId = keyof CommandArguments;

/** One slot for each command, so that forgetting one does not compile. `palette`: it asks for what it needs, so it stands there. */
export const commands: { readonly [Id in CommandId]: 'palette' | 'hidden' } = {
  'vpcLabs.practice.start': 'palette',
  'vpcLabs.practice.reset': 'palette',
  'vpcLabs.scope.add': 'palette',
  'vpcLabs.scope.remove': 'palette',
  'vpcLabs.scope.signIn': 'palette',
  'vpcLabs.scope.makeReadOnly': 'palette',
  'vpcLabs.scope.allowChanges': 'palette',
  'vpcLabs.endpoint.createInterface': 'palette',
  'vpcLabs.endpoint.delete': 'palette',
  'vpcLabs.endpoint.createGateway': 'palette',
  'vpcLabs.endpoint.createInstanceConnect': 'palette',
  'vpcLabs.endpoint.modifySubnets': 'palette',
  'vpcLabs.endpoint.modifyRouteTables': 'palette',
  'vpcLabs.endpoint.modifyGroups': 'palette',
  'vpcLabs.endpoint.modifyPrivateDns': 'palette',
  'vpcLabs.endpoint.modifyAddressType': 'palette',
  'vpcLabs.endpoint.modifyDnsOptions': 'palette',
  'vpcLabs.endpoint.editPolicy': 'palette',
  'vpcLabs.endpoint.resetPolicy': 'palette',
  'vpcLabs.policy.apply': 'palette',
  'vpcLabs.tags.edit': 'palette',
  'vpcLabs.service.verifyName': 'palette',
  'vpcLabs.address.find': 'palette',
  'vpcLabs.endpoint.capture': 'palette',
  'vpcLabs.instance.capture': 'palette',
  'vpcLabs.capture.pair': 'palette',
  'vpcLabs.capture.open': 'palette',
  'vpcLabs.capture.save': 'palette',
  'vpcLabs.instance.openShell': 'palette',
  'vpcLabs.instance.launch': 'palette',
  'vpcLabs.instance.start': 'palette',
  'vpcLabs.instance.stop': 'palette',
  'vpcLabs.instance.terminate': 'palette',
  'vpcLabs.instance.attachProfile': 'palette',
  'vpcLabs.instance.installTcpdump': 'palette',
  'vpcLabs.instance.chooseShell': 'palette',
  'vpcLabs.session.end': 'palette',
  'vpcLabs.role.create': 'palette',
  'vpcLabs.securityGroup.create': 'palette',
  'vpcLabs.securityGroup.delete': 'palette',
  'vpcLabs.securityGroup.addRule': 'palette',
  'vpcLabs.securityGroup.removeRule': 'hidden',
  'vpcLabs.endpoints.refresh': 'palette',
  'vpcLabs.instances.refresh': 'palette',
  'vpcLabs.service.create': 'palette',
  'vpcLabs.service.changeAcceptance': 'palette',
  'vpcLabs.service.allowPrincipal': 'palette',
  'vpcLabs.service.removePrincipal': 'palette',
  'vpcLabs.service.changeLoadBalancers': 'palette',
  'vpcLabs.service.changePrivateDnsName': 'palette',
  'vpcLabs.service.verifyPrivateDnsName': 'palette',
  'vpcLabs.service.delete': 'palette',
  'vpcLabs.loadBalancer.delete': 'palette',
  'vpcLabs.services.refresh': 'palette',
  'vpcLabs.services.groupBy': 'hidden',
  'vpcLabs.services.filter': 'hidden',
  'vpcLabs.services.clearFilter': 'hidden',
  'vpcLabs.pending.refresh': 'palette',
  'vpcLabs.pending.groupBy': 'hidden',
  'vpcLabs.pending.filter': 'hidden',
  'vpcLabs.pending.clearFilter': 'hidden',
  'vpcLabs.request.accept': 'palette',
  'vpcLabs.request.reject': 'palette',
  'vpcLabs.peering.create': 'palette',
  'vpcLabs.peering.accept': 'palette',
  'vpcLabs.peering.reject': 'palette',
  'vpcLabs.peering.route': 'palette',
  'vpcLabs.peering.changeDns': 'palette',
  'vpcLabs.peering.delete': 'palette',
  'vpcLabs.peering.refresh': 'palette',
  'vpcLabs.peering.groupBy': 'hidden',
  'vpcLabs.peering.filter': 'hidden',
  'vpcLabs.peering.clearFilter': 'hidden',
  'vpcLabs.network.create': 'palette',
  'vpcLabs.network.createVpc': 'hidden',
  'vpcLabs.network.createSubnet': 'hidden',
  'vpcLabs.network.createRouteTable': 'hidden',
  'vpcLabs.network.createRoute': 'hidden',
  'vpcLabs.network.changeRouteTable': 'hidden',
  'vpcLabs.network.createInternetGateway': 'hidden',
  'vpcLabs.network.createNatGateway': 'hidden',
  'vpcLabs.network.createDhcpOptions': 'hidden',
  'vpcLabs.network.changeDnsAttributes': 'palette',
  'vpcLabs.network.delete': 'palette',
  'vpcLabs.view.groupBy': 'palette',
  'vpcLabs.view.filter': 'palette',
  'vpcLabs.view.clearFilter': 'palette',
  'vpcLabs.view.showMore': 'hidden',
  'vpcLabs.endpoints.groupBy': 'hidden',
  'vpcLabs.endpoints.filter': 'hidden',
  'vpcLabs.endpoints.clearFilter': 'hidden',
  'vpcLabs.instances.groupBy': 'hidden',
  'vpcLabs.instances.filter': 'hidden',
  'vpcLabs.instances.clearFilter': 'hidden',
  'vpcLabs.resource.openJson': 'palette',
  'vpcLabs.resource.copyId': 'palette',
  'vpcLabs.resource.copyArn': 'palette',
  'vpcLabs.resource.copyDnsName': 'palette',
  'vpcLabs.resource.copyDescribeCommand': 'palette',
  'vpcLabs.resource.openInConsole': 'palette',
  'vpcLabs.node.retry': 'hidden',
  'vpcLabs.value.copy': 'hidden',
  'vpcLabs.log.show': 'palette',
};

/** Commands that change something in the cloud: nodes of a read-only scope do not offer them. */
export const writes: ReadonlySet<CommandId> = new Set<CommandId>([
  'vpcLabs.network.changeDnsAttributes',
  'vpcLabs.endpoint.createInterface',
  'vpcLabs.endpoint.createGateway',
  'vpcLabs.endpoint.createInstanceConnect',
  'vpcLabs.endpoint.delete',
  'vpcLabs.endpoint.modifySubnets',
  'vpcLabs.endpoint.modifyGroups',
  'vpcLabs.endpoint.modifyPrivateDns',
  'vpcLabs.endpoint.modifyAddressType',
  'vpcLabs.endpoint.modifyDnsOptions',
  'vpcLabs.endpoint.modifyRouteTables',
  'vpcLabs.endpoint.editPolicy',
  'vpcLabs.endpoint.resetPolicy',
  'vpcLabs.tags.edit',
  'vpcLabs.request.accept',
  'vpcLabs.request.reject',
  'vpcLabs.service.create',
  'vpcLabs.service.changeAcceptance',
  'vpcLabs.service.allowPrincipal',
  'vpcLabs.service.removePrincipal',
  'vpcLabs.service.changeLoadBalancers',
  'vpcLabs.service.changePrivateDnsName',
  'vpcLabs.service.verifyPrivateDnsName',
  'vpcLabs.instance.launch',
  'vpcLabs.role.create',
  'vpcLabs.securityGroup.create',
  'vpcLabs.instance.start',
  'vpcLabs.instance.stop',
  'vpcLabs.instance.attachProfile',
  'vpcLabs.instance.installTcpdump',
  'vpcLabs.instance.terminate',
  'vpcLabs.securityGroup.addRule',
  'vpcLabs.securityGroup.delete',
  'vpcLabs.securityGroup.removeRule',
  'vpcLabs.peering.create',
  'vpcLabs.peering.accept',
  'vpcLabs.peering.reject',
  'vpcLabs.peering.route',
  'vpcLabs.peering.changeDns',
  'vpcLabs.peering.delete',
  'vpcLabs.service.create',
  'vpcLabs.service.allowPrincipal',
  'vpcLabs.service.changeAcceptance',
  'vpcLabs.service.removePrincipal',
  'vpcLabs.service.changeLoadBalancers',
  'vpcLabs.service.changePrivateDnsName',
  'vpcLabs.service.delete',
  'vpcLabs.loadBalancer.delete',
]);

/** What a command does; its result is what it made, so that a test or a lab step can use it too. */
export type CommandTable = {
  /** `selection`: all nodes that are selected, when the command was run on several. */
  readonly [Id in CommandId]: (
    target: CommandArguments[Id] | undefined,
    selection?: readonly unknown[],
  ) => Promise<unknown>;
};

export const views = {
  endpoints: 'vpcLabs.endpoints',
  services: 'vpcLabs.services',
  pending: 'vpcLabs.pending',
  peering: 'vpcLabs.peering',
  instances: 'vpcLabs.instances',
} as const;

/** Trees in which several lines can be chosen, for commands that take them all. */
export const multiSelectViews: readonly string[] = [views.endpoints, views.pending];

export const contextKeys = {
  hasScopes: 'vpcLabs.hasScopes',
  isPracticeRunning: 'vpcLabs.isPracticeRunning',
  /** Ids of the views that show only what matches a text. */
  filteredViews: 'vpcLabs.filteredViews',
} as const;

/** Each setting with its type. */
export interface Settings {
  'vpcLabs.capture.mode': CaptureMode;
  'vpcLabs.capture.packetLimit': number;
  'vpcLabs.capture.timeLimitSeconds': number;
  'vpcLabs.capture.snapLengthBytes': number;
  'vpcLabs.pending.pollSeconds': number;
  'vpcLabs.practice.pace': 'fast' | 'real';
}

export const settingKeys: { readonly [Key in keyof Settings]: 'number' | 'string' } = {
  'vpcLabs.capture.mode': 'string',
  'vpcLabs.capture.packetLimit': 'number',
  'vpcLabs.capture.timeLimitSeconds': 'number',
  'vpcLabs.capture.snapLengthBytes': 'number',
  'vpcLabs.pending.pollSeconds': 'number',
  'vpcLabs.practice.pace': 'string',
};

/** Facts about nodes that a `when` may ask for, between fences: `;endpoint;available;`. */
export const nodeTags = [
  'scope',
  'practice',
  'removable',
  'readOnly',
  'writable',
  'signIn',
  'endpoint',
  'available',
  'deletable',
  'interface',
  'dnsOptions',
  'gateway',
  'instanceConnect',
  'peering',
  'answerable',
  'policy',
  'taggable',
  'instance',
  'startable',
  'running',
  'profileless',
  'securityGroup',
  'securityGroupRule',
  'online',
  'resource',
  'named',
  'live',
  'service',
  'loadBalancer',
  'privateName',
  'principal',
  'request',
  'waiting',
  'rejectable',
  'leftSession',
  'failure',
  'copyable',
] as const;
export type NodeTag = (typeof nodeTags)[number];

/** The context value that carries these facts. */
export function contextValue(...tags: readonly (NodeTag | undefined)[]): string {
  return `;${tags.filter(tag => tag !== undefined).join(';')};`;
}
