import assert from 'node:assert/strict';
import { askPermission } from '../../../../src/app/changes/askPermission';
import { runChange } from '../../../../src/app/changes/runChange';
import { EndpointJoiner } from '../../../../src/app/endpointJoiner';
import { planGroupChange } from '../../../../src/app/operations/changeEndpointGroups';
import {
  hasDnsOptions,
  planAddressTypeChange,
  planDnsOptionChange,
} from '../../../../src/app/operations/changeEndpointOptions';
import { planPolicyChange } from '../../../../src/app/operations/changeEndpointPolicy';
import { planSubnetChange, subnetChangeProblem } from '../../../../src/app/operations/changeEndpointSubnets';
import { planPrivateDnsChange, readPrivateDnsObstacle } from '../../../../src/app/operations/changePrivateDns';
import { planGatewayEndpoint } from '../../../../src/app/operations/planGatewayEndpoint';
import { readGatewayChoices } from '../../../../src/app/operations/readGatewayChoices';
import { isFullAccess } from '../../../../src/core/endpointPolicy';
import type { VpcEndpoint } from '../../../../src/core/network';
import { EndpointDesk, valueIn, without } from '../../../support/endpointDesk';
import { PracticeScopes } from '../../../support/practiceScopes';

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ec2:Describe*', Resource: '*' }],
});

describe('changing an interface endpoint', () => {
  let desk: EndpointDesk;
  let endpoint: VpcEndpoint;

  before(PracticeScopes.load);
  beforeEach(async () => {
    desk = new EndpointDesk();
    endpoint = await desk.interfaceEndpoint();
  });
  afterEach(() => desk.dispose());

  const details = async () => new EndpointJoiner(await desk.snapshot()).endpoint(await desk.find(endpoint));
  const gone = async () => {
    const { endpoints } = await desk.gateways();
    await desk.run(endpoints.deleteEndpoint(endpoint.id));
    await desk.practice.pass(120_000);
  };

  describe('its subnets', () => {
    it('adds an interface in another zone and removes one, with the price and the connections that end', async () => {
      const subnets = valueIn((await desk.snapshot()).subnets);
      const other = subnets.find(({ id }) => !endpoint.subnetIds.includes(id));
      assert.ok(other);
      const both = planSubnetChange(desk.scope, await details(), subnets, [...endpoint.subnetIds, other.id]);
      assert.ok(both);
      assert.equal(both.hourlyPriceUsd, 0.01);
      assert.deepEqual(both.warnings, []);
      assert.match(
        both.commandLines[0] ?? '',
        new RegExp(`--vpc-endpoint-id ${endpoint.id} --add-subnet-ids ${other.id}$`),
      );
      await desk.carryOut(both);
      const after = await details();
      assert.equal(after.interfaces.length, 2);
      const one = planSubnetChange(desk.scope, after, subnets, [other.id]);
      assert.match(one?.warnings[0] ?? '', /Connections through 172\.31\.\d+\.\d+ end/);
      assert.equal(one?.hourlyPriceUsd, 0);
    });

    it('sees two subnets of one zone, none, and a zone that is not offered, before AWS does', async () => {
      const now = await details();
      const [first, second] = valueIn((await desk.snapshot()).subnets);
      assert.ok(first && second);
      const twin = { ...second, availabilityZone: first.availabilityZone };
      const ground = { subnets: [first, twin, second], service: undefined };
      assert.equal(subnetChangeProblem(ground, now, [])?.kind, 'none');
      assert.equal(subnetChangeProblem(ground, now, [first.id, twin.id])?.kind, 'sameZone');
      const service = { availabilityZones: ['ap-south-1x'] } as never;
      assert.equal(subnetChangeProblem({ subnets: [second], service }, now, [second.id])?.kind, 'zoneNotSupported');
    });

    it('plans nothing when nothing changes', async () => {
      assert.equal(planSubnetChange(desk.scope, await details(), [], endpoint.subnetIds), undefined);
    });
  });

  describe('its security groups', () => {
    it('exchanges them, and warns when none of them lets clients in', async () => {
      const { network } = await desk.gateways();
      const shut = await desk.run(
        network.createSecurityGroup({ vpcId: endpoint.vpcId, name: 'shut', description: 'shut', tags: {} }),
      );
      const groups = valueIn((await desk.snapshot()).securityGroups);
      const change = planGroupChange(desk.scope, await details(), groups, [shut]);
      assert.match(change?.warnings[0] ?? '', /No rule of the chosen groups admits clients/);
      assert.ok(change);
      await desk.carryOut(change);
      assert.deepEqual((await desk.find(endpoint)).securityGroupIds, [shut]);
      assert.equal(planGroupChange(desk.scope, await details(), groups, [shut]), undefined);
    });

    it('is refused for a group that is gone', async () => {
      const change = planGroupChange(desk.scope, await details(), [], ['sg-0123456789abcdef0' as never]);
      assert.ok(change);
      await assert.rejects(desk.carryOut(change), { code: 'resourceNotFound' });
    });
  });

  describe('its private DNS', () => {
    const attributeOff = async () => {
      const { network } = await desk.gateways();
      await desk.run(network.setVpcDnsAttribute(endpoint.vpcId, 'enableDnsHostnames', false));
    };
    const attributes = async () =>
      valueIn((await desk.snapshot()).dnsAttributes.get(endpoint.vpcId) ?? { known: false });

    it('switches on the attribute that is in the way, and then itself', async () => {
      await attributeOff();
      const obstacle = await desk.run(readPrivateDnsObstacle(desk.scope, endpoint));
      assert.equal(obstacle?.kind, 'attributesOff');
      const change = planPrivateDnsChange(desk.scope, endpoint, true, obstacle);
      assert.equal(change.commandLines.length, 2);
      assert.match(change.commandLines[0] ?? '', /modify-vpc-attribute .*--enable-dns-hostnames$/);
      assert.match(change.commandLines[1] ?? '', /modify-vpc-endpoint .*--private-dns-enabled$/);
      await desk.carryOut(change);
      assert.equal((await attributes()).enableDnsHostnames, true);
      assert.equal((await desk.find(endpoint)).privateDnsEnabled, true);
    });

    it('names the attribute as what exists when the endpoint is refused, and takes it back', async () => {
      await attributeOff();
      const obstacle = await desk.run(readPrivateDnsObstacle(desk.scope, endpoint));
      const denied = without(desk.scope, 'endpoints', 'modifyEndpoint');
      const outcome = await desk.run(runChange(denied, planPrivateDnsChange(denied, endpoint, true, obstacle)));
      assert.ok(outcome.kind === 'stopped');
      assert.deepEqual(
        outcome.made.map(({ id }) => id),
        [`${endpoint.vpcId}/enableDnsHostnames`],
      );
      await desk.run(outcome.made[0]?.remove({}) ?? Promise.resolve());
      assert.equal((await attributes()).enableDnsHostnames, false);
    });

    it('is refused, with the attributes as the reason, when nobody looked', async () => {
      await attributeOff();
      await assert.rejects(desk.carryOut(planPrivateDnsChange(desk.scope, endpoint, true, undefined)), {
        code: 'privateDnsNeedsVpcAttributes',
      });
    });

    it('sees the other endpoint that has the name, and never itself', async () => {
      const { endpoints } = await desk.gateways();
      await desk.run(endpoints.modifyPrivateDns(endpoint.id, true));
      assert.equal(await desk.run(readPrivateDnsObstacle(desk.scope, endpoint)), undefined);
      const rival = { ...endpoint, id: 'vpce-0123456789abcdef0' } as VpcEndpoint;
      const obstacle = await desk.run(readPrivateDnsObstacle(desk.scope, rival));
      assert.equal(obstacle?.kind, 'conflict');
      assert.match(planPrivateDnsChange(desk.scope, rival, true, obstacle).warnings[0] ?? '', new RegExp(endpoint.id));
    });

    it('says what is lost when it is switched off', async () => {
      const change = planPrivateDnsChange(desk.scope, endpoint, false, undefined);
      assert.match(change.warnings[0] ?? '', /leave the private path/);
      assert.match(change.facts.at(-1)?.text ?? '', /ec2\.ap-south-1\.amazonaws\.com leads to public addresses/);
    });
  });

  describe('its address type', () => {
    it('is changed to another one only, by the flag that AWS has for it', async () => {
      assert.equal(planAddressTypeChange(desk.scope, endpoint, 'ipv4'), undefined);
      const change = planAddressTypeChange(desk.scope, endpoint, 'ipv6');
      assert.match(change?.warnings.join() ?? '', /IPv4 alone/);
      assert.match(change?.commandLines[0] ?? '', /--ip-address-type ipv6$/);
    });

    it('is refused where AWS has none such, without the right to, and through a read-only scope', async () => {
      const plan = (scope = desk.scope) => {
        const change = planAddressTypeChange(scope, endpoint, 'dualstack');
        assert.ok(change);
        return change;
      };
      await assert.rejects(desk.carryOut(plan()), { code: 'requestRefused', cloudCode: 'UnsupportedOperation' });
      const denied = without(desk.scope, 'endpoints', 'modifyEndpoint');
      await assert.rejects(desk.carryOut(plan(denied)), { code: 'accessDenied' });
      await assert.rejects(desk.carryOut(plan(), { ...desk.scope, isReadOnly: true }), { code: 'scopeReadOnly' });
    });
  });

  describe('its DNS options', () => {
    it('are there for private DNS of S3 alone', async () => {
      assert.equal(hasDnsOptions(endpoint), false);
      const files = await desk.interfaceEndpoint('s3');
      assert.equal(hasDnsOptions(files), false);
      assert.equal(hasDnsOptions({ ...files, privateDnsEnabled: true }), true);
      assert.equal(hasDnsOptions({ ...files, isPrivateDnsForInboundOnly: true }), true);
    });

    it('keep the names from the VPC, and give them back', async () => {
      const files = await desk.interfaceEndpoint('s3');
      const choices = await desk.run(readGatewayChoices(desk.scope));
      const service = choices.services.find(({ serviceName }) => serviceName === files.serviceName);
      assert.ok(service);
      const request = { vpcId: files.vpcId, serviceName: service.serviceName, routeTableIds: [], name: undefined };
      const inboundOnly = planDnsOptionChange(desk.scope, files, true);
      await assert.rejects(desk.carryOut(inboundOnly), { code: 'privateDnsNeedsGatewayEndpoint' });
      await desk.carryOut(planGatewayEndpoint(desk.scope, choices, request));
      await desk.carryOut(inboundOnly);
      assert.match(inboundOnly.commandLines[0] ?? '', /PrivateDnsOnlyForInboundResolverEndpoint=true/);
      assert.equal((await desk.find(files)).isPrivateDnsForInboundOnly, true);
      await desk.carryOut(planDnsOptionChange(desk.scope, files, false));
      assert.notEqual((await desk.find(files)).isPrivateDnsForInboundOnly, true);
    });
  });

  describe('its policy', () => {
    it('is set, warns of what it refuses, and is set back', async () => {
      const change = planPolicyChange(desk.scope, endpoint, policy);
      assert.match(change.warnings[0] ?? '', /AccessDenied/);
      await desk.carryOut(change);
      const after = await desk.find(endpoint);
      assert.equal(isFullAccess(after.policyDocument), false);
      const back = planPolicyChange(desk.scope, after, 'fullAccess');
      assert.match(back.commandLines[0] ?? '', /--reset-policy$/);
      await desk.carryOut(back);
      assert.equal(isFullAccess((await desk.find(endpoint)).policyDocument), true);
    });

    it('is quoted for a shell', () => {
      const [line] = planPolicyChange(desk.scope, endpoint, `{"a":"it's"}`).commandLines;
      assert.match(line ?? '', /--policy-document '\{"a":"it'\\''s"\}'$/);
    });

    it('is refused as a policy when AWS finds it malformed', async () => {
      await assert.rejects(desk.carryOut(planPolicyChange(desk.scope, endpoint, '{}')), { code: 'policyInvalid' });
    });

    it('is refused while the endpoint is on its way, and when it is gone', async () => {
      const pending = await desk.interfaceEndpoint('sqs');
      const { endpoints } = await desk.gateways();
      await desk.run(endpoints.deleteEndpoint(pending.id));
      await assert.rejects(desk.carryOut(planPolicyChange(desk.scope, pending, policy)), { code: 'endpointNotReady' });
      await gone();
      await assert.rejects(desk.carryOut(planPolicyChange(desk.scope, endpoint, policy)), { code: 'endpointNotFound' });
    });

    it('is asked for beforehand, and changes nothing through a read-only scope', async () => {
      const change = planPolicyChange(desk.scope, endpoint, policy);
      assert.deepEqual(await desk.run(askPermission(desk.scope, change.rehearse)), { kind: 'allowed' });
      await assert.rejects(desk.carryOut(change, { ...desk.scope, isReadOnly: true }), { code: 'scopeReadOnly' });
      assert.equal(isFullAccess((await desk.find(endpoint)).policyDocument), true);
    });
  });
});
