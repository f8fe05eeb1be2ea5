import assert from 'node:assert/strict';
import { createGateways } from '../../../src/aws/createGateways';
import { endpointServiceId, vpcEndpointId } from '../../../src/core/ids';
import { awsConnection } from '../../support/awsConnection';
import { ec2, wireCloud } from '../../support/wireCloud';

const serviceId = endpointServiceId('vpce-svc-0123456789abcdef0');
const one = vpcEndpointId('vpce-0123456789abcdef1');
const other = vpcEndpointId('vpce-0123456789abcdef2');

const gatewayOf = (cloud: ReturnType<typeof wireCloud>) => createGateways(awsConnection(cloud.handle)).endpointServices;
const unsuccessful = (id: string, code: string, message: string) =>
  `<unsuccessful><item><resourceId>${id}</resourceId><error><code>${code}</code><message>${message}</message></error></item></unsuccessful>`;

describe('the gateway of endpoint services', () => {
  it('reads a service with its name, its TXT record, its zones and the other regions it admits', async () => {
    const members = `<serviceConfigurationSet><item>
      <serviceId>${serviceId}</serviceId><serviceName>com.amazonaws.vpce.ap-south-1.${serviceId}</serviceName>
      <serviceState>Available</serviceState><acceptanceRequired>true</acceptanceRequired>
      <availabilityZoneSet><item>ap-south-1a</item></availabilityZoneSet>
      <networkLoadBalancerArnSet><item>arn:one</item></networkLoadBalancerArnSet>
      <privateDnsName>api.example.com</privateDnsName>
      <privateDnsNameConfiguration><state>pendingVerification</state><type>TXT</type><value>vpce:abc</value><name>_xyz</name></privateDnsNameConfiguration>
      <supportedRegionSet><item><region>ap-south-1</region></item><item><region>us-east-1</region></item></supportedRegionSet>
      </item></serviceConfigurationSet>`;
    const cloud = wireCloud({
      DescribeVpcEndpointServiceConfigurations: ec2('DescribeVpcEndpointServiceConfigurations', members),
    });
    const [service] = await gatewayOf(cloud).listOwnServices();
    assert.deepEqual(service, {
      id: serviceId,
      serviceName: `com.amazonaws.vpce.ap-south-1.${serviceId}`,
      state: 'available',
      isAcceptanceRequired: true,
      loadBalancerArns: ['arn:one'],
      gatewayLoadBalancerArns: [],
      availabilityZones: ['ap-south-1a'],
      privateDnsName: {
        name: 'api.example.com',
        state: 'pendingVerification',
        recordName: '_xyz',
        recordValue: 'vpce:abc',
      },
      supportedRegions: ['us-east-1'],
      ipAddressTypes: [],
      tags: {},
    });
  });

  it('tells each endpoint that AWS refused to accept behind an answer of 200, and not the others', async () => {
    const message = `The VPC endpoint connection ${other} is in state rejected and cannot be accepted.`;
    const cloud = wireCloud({
      AcceptVpcEndpointConnections: ec2('AcceptVpcEndpointConnections', unsuccessful(other, 'InvalidState', message)),
    });
    const refused = await gatewayOf(cloud).acceptConnections(serviceId, [one, other]);
    assert.deepEqual([...refused.keys()], [other]);
    assert.equal(refused.get(other)?.code, 'connectionNotWaiting');
    assert.equal(refused.get(other)?.cloudCode, 'InvalidState');
  });

  it('rejects when AWS answers 200 to a deletion and did not delete', async () => {
    const message = 'Service has existing active VPC Endpoint connections!';
    const cloud = wireCloud({
      DeleteVpcEndpointServiceConfigurations: ec2(
        'DeleteVpcEndpointServiceConfigurations',
        unsuccessful(serviceId, 'ExistingVpcEndpointConnections', message),
      ),
    });
    await assert.rejects(gatewayOf(cloud).deleteService(serviceId), {
      code: 'serviceHasConnections',
      cloudCode: 'ExistingVpcEndpointConnections',
    });
  });

  it('sends only what is to change, and says acceptance aloud when it creates', async () => {
    const made = `<serviceConfiguration><serviceId>${serviceId}</serviceId><serviceName>x</serviceName></serviceConfiguration>`;
    const cloud = wireCloud({
      CreateVpcEndpointServiceConfiguration: ec2('CreateVpcEndpointServiceConfiguration', made),
      ModifyVpcEndpointServiceConfiguration: ec2('ModifyVpcEndpointServiceConfiguration', '<return>true</return>'),
    });
    const gateway = gatewayOf(cloud);
    const input = { networkLoadBalancerArns: ['arn:one'], isAcceptanceRequired: false, tags: {}, clientToken: 'token' };
    await gateway.createService(input);
    await gateway.modifyService(serviceId, { privateDnsName: 'none' });
    const sent = cloud.calls.map(({ parameters: { Action, Version, ...rest } }) => rest);
    assert.deepEqual(sent, [
      { 'NetworkLoadBalancerArn.1': 'arn:one', AcceptanceRequired: 'false', ClientToken: 'token' },
      { ServiceId: serviceId, RemovePrivateDnsName: 'true' },
    ]);
  });
});
