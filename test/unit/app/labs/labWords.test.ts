import assert from 'node:assert/strict';
import { actionWords, checkWords, thingWords } from '../../../../src/app/labs/labWords';
import type { LedgerThing } from '../../../../src/app/labs/things/ledgerThing';
import * as id from '../../../../src/core/ids';
import { check } from '../../../../src/labs/check';
import type { LabAction } from '../../../../src/labs/labAction';
import { labs } from '../../../../src/labs/labs';
import { admitTcp } from '../../../../src/labs/ruleTemplates';
import { say } from '../../../../src/words/prose';
import { labEvidence, labSite } from '../../../support/labBuilders';
import {
  endpointGroupId,
  endpointId,
  instanceGroupId,
  instanceId,
  subnetA,
  vpcId,
} from '../../../support/networkBuilders';
import { untranslatedRest } from '../../words/pseudoLocale';

const name = '⟨name⟩';
const ids = [endpointGroupId, endpointId, instanceGroupId, instanceId, subnetA, vpcId].map(String);
const routeTableId = id.routeTableId('rtb-0123456789abcdef0');
const peeringConnectionId = id.peeringConnectionId('pcx-0123456789abcdef0');
const dhcpOptionsId = id.dhcpOptionsId('dopt-0123456789abcdef0');
const internetGatewayId = id.internetGatewayId('igw-0123456789abcdef0');
const serviceId = id.endpointServiceId('vpce-svc-0123456789abcdef0');
const connectEndpointId = id.instanceConnectEndpointId('eice-0123456789abcdef0');
const otherIds = [
  connectEndpointId,
  routeTableId,
  peeringConnectionId,
  dhcpOptionsId,
  internetGatewayId,
  serviceId,
].map(String);
const isTranslated = (words: () => string, ...parameters: readonly string[]) =>
  assert.equal(untranslatedRest(words, [name, ...ids, ...otherIds, ...parameters]), '', words());

describe('the words of a lab are translated', () => {
  it('in every text of every lab', () => {
    for (const lab of labs) {
      const texts = lab.steps.flatMap(step => [
        step.title,
        step.reason,
        ...step.hints,
        ...step.symptoms.map(({ seen }) => seen),
      ]);
      for (const text of [lab.title, lab.goal, ...lab.breakages.map(({ title }) => title), ...texts])
        isTranslated(() => say(text));
    }
  });

  it('in every answer of its checks', () => {
    const evidence = labEvidence();
    const world = new Map((['student', 'provider', 'consumer'] as const).map(role => [role, labSite()]));
    const services = ['ec2', 's3'].map(service => `com.amazonaws.ap-south-1.${service}`);
    const parameters = [
      'test',
      ...services,
      'ssm',
      'ec2.ap-south-1.amazonaws.com',
      'ap-south-1a',
      'hand-made',
      'eni-0000000000000000a',
    ];
    for (const step of labs.flatMap(({ steps }) => steps)) {
      isTranslated(() => checkWords(check(() => step.done(labSite(), evidence, world))), ...parameters);
    }
  });

  it('in every action', () => {
    const actions: readonly LabAction[] = [
      { operation: 'createInstanceRole', name, policyArns: [name], trustedService: name },
      {
        operation: 'launchInstance',
        name,
        imageParameter: name,
        instanceType: name,
        subnetId: subnetA,
        securityGroupIds: [],
        instanceProfileName: name,
      },
      { operation: 'createSecurityGroup', vpcId, name, description: name },
      {
        operation: 'addSecurityGroupRule',
        groupId: instanceGroupId,
        rule: admitTcp(443, '10.0.0.0/8'),
      },
      {
        operation: 'removeSecurityGroupRule',
        groupId: instanceGroupId,
        rule: { id: 'sgr-1', ...admitTcp(443, '10.0.0.0/8') },
      },
      { operation: 'addEndpointRouteTable', endpointId, routeTableId },
      { operation: 'createVpc', name, cidrBlock: '10.0.0.0/8' },
      { operation: 'createSubnet', name, vpcId, cidrBlock: '10.0.0.0/8', availabilityZone: undefined },
      { operation: 'createRouteTable', name, vpcId },
      { operation: 'associateRouteTable', routeTableId, subnetId: subnetA, previousId: undefined },
      {
        operation: 'createRoute',
        routeTableId,
        destination: '10.0.0.0/8',
        target: { kind: 'peeringConnection', id: peeringConnectionId },
      },
      { operation: 'deleteRoute', routeTableId, destination: '10.0.0.0/8' },
      { operation: 'createDhcpOptions', name, domainName: name, domainNameServers: [name] },
      { operation: 'associateDhcpOptions', vpcId, dhcpOptionsId, previousId: 'default' },
      { operation: 'createInternetGateway', name, vpcId },
      { operation: 'deleteInternetGateway', internetGatewayId, vpcId },
      { operation: 'createNatGateway', name, subnetId: subnetA },
      {
        operation: 'createInstanceConnectEndpoint',
        name,
        subnetId: subnetA,
        securityGroupIds: [],
        preservesClientIp: false,
      },
      { operation: 'logIn', instanceId, endpointId: connectEndpointId, command: 'whoami', commandLine: name },
      { operation: 'stopInstance', instanceId },
      { operation: 'startInstance', instanceId },
      { operation: 'createGatewayEndpoint', name, vpcId, serviceName: name, routeTableIds: [routeTableId] },
      {
        operation: 'createPeeringConnection',
        name,
        vpcId,
        peerVpcId: vpcId,
        peerAccountId: id.accountId('111122223333'),
        peerRegion: id.region('ap-south-1'),
      },
      { operation: 'acceptPeeringConnection', peeringConnectionId },
      { operation: 'createTargetGroup', name, vpcId, port: 80 },
      { operation: 'registerTarget', targetGroupArn: name, instanceId },
      { operation: 'createLoadBalancer', name, subnetIds: [subnetA], securityGroupIds: [] },
      { operation: 'createListener', loadBalancerArn: name, port: 80, targetGroupArn: name },
      { operation: 'createEndpointService', name, loadBalancerArn: name },
      { operation: 'allowPrincipal', serviceId, principal: name },
      { operation: 'acceptConnection', serviceId, endpointId },
      { operation: 'lookUpService', serviceName: name, lookUp: name },
      ...[true, false].map((isEnabled): LabAction => ({ operation: 'setCrossZone', loadBalancerArn: name, isEnabled })),
      ...[true, false].flatMap((isOn): LabAction[] => [
        { operation: 'setVpcDnsAttribute', vpcId, attribute: 'enableDnsSupport', isEnabled: isOn },
        {
          operation: 'createInterfaceEndpoint',
          name,
          vpcId,
          serviceName: name,
          subnetIds: [subnetA],
          securityGroupIds: [],
          privateDnsEnabled: isOn,
        },
        { operation: 'modifyPrivateDns', endpointId, isEnabled: isOn },
      ]),
      { operation: 'run', instanceId, command: 'dig', commandLine: name },
      { operation: 'captureWhile', instanceId, filter: name, command: 'dig', commandLine: name },
      {
        operation: 'captureWhile',
        instanceId,
        commandInstanceId: instanceId,
        filter: name,
        command: 'ping',
        commandLine: name,
      },
    ];
    for (const action of actions) isTranslated(() => actionWords(action), 'TCP', 'enableDnsSupport', '10.0.0.0/8');
  });

  it('in everything on the ledger', () => {
    const things: readonly LedgerThing[] = [
      { kind: 'instanceRole', name },
      { kind: 'instance', name },
      { kind: 'securityGroup', name, vpcId },
      { kind: 'vpcEndpoint', name, vpcId, serviceName: name },
      { kind: 'vpc', name },
      { kind: 'subnet', name, vpcId },
      { kind: 'subnetAssociation', subnetId: subnetA },
      { kind: 'routeTable', name, vpcId },
      { kind: 'route', routeTableId, destination: '10.0.0.0/8' },
      { kind: 'dhcpOptions', name },
      { kind: 'dhcpAssociation', vpcId, previous: 'default' },
      { kind: 'internetGateway', name },
      { kind: 'natGateway', name },
      { kind: 'elasticAddress', name },
      { kind: 'instanceConnectEndpoint', name },
      { kind: 'securityGroupRule', groupId: instanceGroupId, direction: 'ingress', rule: '[]' },
      { kind: 'peeringConnection', name },
      { kind: 'endpointService', name },
      { kind: 'allowedPrincipal', serviceId, principal: name },
      { kind: 'loadBalancer', name },
      { kind: 'targetGroup', name },
      { kind: 'vpcDnsAttribute', vpcId, attribute: 'enableDnsSupport', previous: false },
      { kind: 'privateDns', endpointId, previous: false },
      { kind: 'endpointRouteTable', endpointId, routeTableId },
    ];
    for (const thing of things) isTranslated(() => thingWords(thing, undefined), 'enableDnsSupport', '10.0.0.0/8');
  });
});
